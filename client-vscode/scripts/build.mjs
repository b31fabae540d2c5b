// Bundles the client into dist/extension.js; with --tests, the unit tests into out/test/.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const tests = process.argv.includes("--tests");
await esbuild.build({
  ...(tests
    ? { entryPoints: readdirSync("test").filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`), alias: { vscode: "./test/vscode.ts" }, outdir: "out/test", outExtension: { ".js": ".cjs" } }
    : { entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", minify: true }),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: tests ? [] : ["vscode"],
  logLevel: "warning",
});
