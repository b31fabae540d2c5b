// Bundles the client into dist/extension.js; with --tests, the unit tests into out/test/.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const tests = process.argv.includes("--tests");
const built = await esbuild.build({
  ...(tests
    ? { entryPoints: readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`), alias: { vscode: "./test/vscode.ts", "vscode-languageclient/node": "./test/languageclient.ts" }, outdir: "out/test", outExtension: { ".js": ".cjs" } }
    : { entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", minify: true }),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: tests ? [] : ["vscode"],
  metafile: true,
  logLevel: "warning",
});

if (!tests) {
  writeFileSync("dist/ThirdPartyNotices.txt", notices(Object.keys(built.metafile.inputs)));
}

/** The licences of all packages that have a file in the bundle. */
function notices(files) {
  const folders = new Set(files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf-8"));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (!file && !license) {
      throw new Error(`${name} has no licence`);
    }
    return `${name} ${version}\n\n${file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf-8").trim() : license}\n`;
  });
  return `The extension contains parts of these packages.\n\n${texts.join("\n---\n\n")}`;
}
