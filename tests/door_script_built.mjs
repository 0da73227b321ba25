// Say of each built script in a folder: how long it is, how long after Brotli, and which syntax it needs.
// `looks.js` is a module, the rest are plain scripts; what is packed is unpacked first.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gunzipSync } from "node:zlib";
import { parse } from "acorn";

const [folder] = process.argv.slice(2);

function refusal(script, sourceType) {
  try {
    parse(script, { ecmaVersion: 2020, sourceType });
    return null;
  } catch (error) {
    return error.message;
  }
}

const about = (name) => {
  const data = readFileSync(join(folder, name));
  const script = (name.endsWith(".gz") ? gunzipSync(data) : data).toString();
  const sourceType = name === "looks.js" ? "module" : "script";
  return { bytes: data.length, brotli: brotliCompressSync(data).length, es2020: refusal(script, sourceType), script };
};

console.log(JSON.stringify(Object.fromEntries(readdirSync(folder).map((name) => [name, about(name)]))));
