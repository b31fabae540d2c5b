// Reads env files as `heroku local` does. Each input line is a text as JSON; each output line contains its variables.
const [folder, file] = process.argv.slice(2);
const fs = require("fs");
require(`${folder}/lib/local/foreman/console.cjs`).Console.Alert = () => {};
const { loadEnvs } = require(`${folder}/lib/local/foreman/envs.cjs`);
delete process.env.PATH;
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  fs.writeFileSync(file, JSON.parse(line));
  let answer = "stops";
  try {
    answer = { ...loadEnvs(file) };
    if (answer.PATH === undefined) delete answer.PATH;
  } catch (error) {}
  console.log(JSON.stringify(answer));
});
