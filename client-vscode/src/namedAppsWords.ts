// The question about the Heroku apps that settings name.

interface Question {
  text: string;
  use: string;
  keep: string;
}

/** The question whether a folder, which has other apps or none, should use the apps that its settings name. */
export function question(folder: string, named: readonly string[], current: readonly string[]): Question {
  const apps = named.length === 1 ? "Heroku app" : "Heroku apps";
  const use = `Use ${named.join(", ")}`;
  return current.length === 0
    ? { text: `The settings of ${folder} name ${apps} ${named.join(", ")}. Compare ${folder} with ${named.length === 1 ? "it" : "them"}?`, use, keep: "Not Now" }
    : { text: `The settings of ${folder} name ${apps} ${named.join(", ")}, but ${current.join(", ")} is chosen for ${folder}.`, use, keep: `Keep ${current.join(", ")}` };
}
