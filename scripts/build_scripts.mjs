// Build the door's scripts: small modules of ours and the npm packages they use, each bundle one file, nothing else in it.
//
// The same sources give the same bytes. Run by `make setup`; `node scripts/build_scripts.mjs FOLDER` writes them elsewhere.

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SCRIPT = join(ROOT, "src/onrecord/door/script");
const BUNDLES = ["seal", "seal-worker", "return", "return-worker", "kit"];
// Carried by the kit, packed.
const PACKED = "kit-worker";
// Fetched by the others only once somebody chooses a file.
const MODULES = ["looks"];

// @noble/post-quantum makes its P-256 hybrids while it loads, so that a bundler keeps a curve that nobody here uses:
// a sixth of all bytes. These calls only make objects; saying so lets esbuild leave out what is unused.
const UNUSED = /(= |, )(QSF|ecdhKem|createKitchenSink)\(/g;

// Without a compiler a browser pays for every call, and two functions turn words 320 times for 64 bytes of a letter.
// Written out in the place of each call, they let such a browser seal half as fast again.
const TURNED = /(\w+) = rotl\(\1 \^ (\w+), (\d+)\)/g;
const ROTATED = /rotr\((\w+), (\d+)\)/g;

function writtenOut(source) {
  return source
    .replace(TURNED, (_, word, other, bits) => `${word} ^= ${other}; ${word} = (${word} << ${bits}) | (${word} >>> ${32 - bits})`)
    .replace(ROTATED, (_, word, bits) => `((${word} << ${32 - bits}) | (${word} >>> ${bits}))`);
}

// age-encryption offers its parts only through one entrance that brings all of them; we name the parts we need.
const PARTS = /^age-encryption\/dist\//;

// Words that follow each other begin alike: how many letters each shares with the one before, then the rest of it. A
// receipt never uses a word that is marked. This saves a fifth of the list (receipt.js reads it).
async function packed(path) {
  const [words, avoided] = await Promise.all([path, path.replace(".txt", ".avoid.txt")].map(wordsOf));
  const shared = (one, other) => [...one].findIndex((letter, place) => letter !== other[place]);
  const lines = words.map((word, place) => {
    const kept = place > 0 ? shared(word, words[place - 1]) : 0;
    return `${kept}${word.slice(kept)}${avoided.includes(word) ? "!" : ""}`;
  });
  return lines.join("");
}

async function wordsOf(path) {
  return (await readFile(path, "utf8")).split(/\s+/).filter(Boolean);
}

const lean = {
  name: "lean",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: PARTS }, ({ path }) => ({ path: join(ROOT, "node_modules", path), sideEffects: false }));
    // Its files name each other too. Were only our way in marked, the bytes would depend on which way is found first.
    onResolve({ filter: /^\.\// }, ({ path, importer }) =>
      importer.includes("age-encryption") ? { path: join(dirname(importer), path), sideEffects: false } : undefined,
    );
    onLoad({ filter: /post-quantum\/hybrid\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      return { contents: source.replace(UNUSED, "$1/* @__PURE__ */ $2(") };
    });
    onLoad({ filter: /ciphers\/chacha\.js$|hashes\/sha2\.js$/ }, async ({ path }) => ({
      contents: writtenOut(await readFile(path, "utf8")),
    }));
    onLoad({ filter: /receipt\/en\.txt$/ }, async ({ path }) => ({ contents: await packed(path), loader: "text" }));
  },
};

/** What every bundle has in common. Browsers of 2020 and later run it (docs/format/kit.md). */
export const options = {
  absWorkingDir: ROOT,
  bundle: true,
  charset: "utf8",
  format: "iife",
  legalComments: "none",
  minify: true,
  plugins: [lean],
  target: "es2020",
};

/** Build every script into a folder. */
export async function buildInto(folder) {
  const entries = (names) => names.map((name) => join(SCRIPT, `${name}.js`));
  await build({ ...options, entryPoints: entries(BUNDLES), outdir: folder });
  await build({ ...options, entryPoints: entries(MODULES), outdir: folder, format: "esm" });
  const { outputFiles } = await build({ ...options, entryPoints: entries([PACKED]), write: false });
  await writeFile(join(folder, `${PACKED}.js.gz`), gzipSync(outputFiles[0].contents, { level: 9 }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildInto(process.argv[2] ?? join(ROOT, "src/onrecord/door/static"));
}
