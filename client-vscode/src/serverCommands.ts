/** The server's commands; each takes one object and returns an Outcome. */
export const Commands = {
  pull: "configvars.pull",
  refresh: "configvars.refresh",
  chooseApp: "configvars.chooseApp",
  explain: "configvars.explain",
  createEnvFile: "configvars.createEnvFile",
  addToGitignore: "configvars.addToGitignore",
  show: "configvars.show",
  fix: "configvars.fix",
  rule: "configvars.rule",
} as const;
