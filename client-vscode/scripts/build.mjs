// Bundles the client into dist/extension.js; with --tests, the unit tests into out/test/.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const tests = process.argv.includes("--tests");
await esbuild.build({
  ...(tests
    ? { entryPoints: readdirSync("test").map((name) => `test/${name}`), outdir: "out/test", outExtension: { ".js": ".cjs" } }
    : { entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", minify: true }),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
});
