// What is asked about the Heroku apps that settings name.

interface Question {
  text: string;
  use: string;
  keep: string;
}

/** The question whether the apps that settings name are to be a folder's, which now has others or none. */
export function question(folder: string, named: readonly string[], current: readonly string[]): Question {
  const apps = named.length === 1 ? "Heroku app" : "Heroku apps";
  const use = `Use ${named.join(", ")}`;
  return current.length === 0
    ? { text: `The settings of ${folder} name ${apps} ${named.join(", ")}. Compare ${folder} with ${named.length === 1 ? "it" : "them"}?`, use, keep: "Not Now" }
    : { text: `The settings of ${folder} name ${apps} ${named.join(", ")}, but ${current.join(", ")} is chosen for ${folder}.`, use, keep: `Keep ${current.join(", ")}` };
}
