// Bundles the scripts of the pages into the folder that the command line names.
// usage: node build.mjs FOLDER

import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(process.argv[2]);

// Parts of libraries that a strict Content-Security-Policy forbids, or that would ask other hosts. A build fails where one is
// no longer found, so that an update is looked at.
const REPLACED = [
  // Plot puts a style element into its drawings; style.css says the same.
  [/plot\/src\/plot\.js$/, 'svg.append("style").text(', '((_) => {})('],
  // Its table's resizing of columns adds a style element; style.css says the same.
  [
    /yasgui\.esm\.js$/,
    "o.styleSheet ? o.styleSheet.cssText = n : o.appendChild(document.createTextNode(n)), e.appendChild(o);",
    "void 0;",
  ],
  // Yasgui asks a public service for names of classes and properties; ours come from the dataset's own description.
  [/yasgui\.esm\.js$/, "lov.linkeddata.es/dataset/lov/api/v2/autocomplete/terms", "invalid."],
];
const replaced = new Set();

const replacing = {
  name: "replacing",
  setup(build) {
    build.onLoad({ filter: /(plot|yasgui\.esm)\.js$/ }, async ({ path: file }) => {
      let text = await readFile(file, "utf8");
      for (const [names, old, fresh] of REPLACED.filter(([names]) => names.test(file))) {
        if (text.includes(old)) replaced.add(old);
        text = text.replaceAll(old, fresh);
      }
      return { contents: text, loader: "js" };
    });
  },
};

async function licences() {
  const lock = JSON.parse(await readFile(path.join(here, "package-lock.json"), "utf8"));
  const parts = [];
  for (const [where, about] of Object.entries(lock.packages)) {
    if (!where || about.dev || about.optional) continue;
    const folder = path.join(here, where);
    const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name)).sort();
    const texts = [];
    for (const name of names) {
      const text = await readFile(path.join(folder, name), "utf8").catch(() => "");
      if (text) texts.push(text.trim());
    }
    const name = where.replace(/^.*node_modules\//, "");
    parts.push(`${name} ${about.version} (${about.license ?? "see below"})\n\n${texts.join("\n\n")}\n`);
  }
  return parts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
const result = await esbuild.build({
  absWorkingDir: here,
  entryPoints: ["page.js", "timeline.css", "map.css", "query.css"],
  outdir: target,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".png": "dataurl", ".svg": "dataurl", ".gif": "dataurl" },
  plugins: [replacing],
  metafile: true,
  logLevel: "warning",
});
const missed = REPLACED.filter(([, old]) => !replaced.has(old));
if (missed.length) throw new Error(`the libraries no longer hold: ${missed.map(([, old]) => old).join(", ")}`);

const entries = {};
for (const [file, about] of Object.entries(result.metafile.outputs)) {
  if (about.entryPoint) entries[about.entryPoint] = path.basename(file);
}
await copyFile(path.join(here, "node_modules/world-atlas/countries-110m.json"), path.join(target, "countries-110m.json"));
await writeFile(path.join(target, "manifest.json"), `${JSON.stringify(entries, null, 2)}\n`);
await writeFile(path.join(target, "LICENSES.txt"), await licences());
