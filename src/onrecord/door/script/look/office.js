// Look into the page that Office and OpenDocument files keep about themselves: who made them, who changed them, when.

import { joined } from "../bytes.js";
import { given } from "./tiff.js";

const TAIL = 65558;
const MOST_BYTES = 1024 * 1024;
const PAGES = ["docProps/core.xml", "docProps/app.xml", "meta.xml"];

export async function officeTraces(file, read) {
  let text = "";
  for (const { name, method, at, size } of await entries(file, read)) {
    if (!PAGES.includes(name) || size > MOST_BYTES) continue;
    const head = new DataView((await read(file, at, at + 30)).buffer);
    const start = at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    text += await inflated(file.slice(start, start + size), method);
  }
  const inside = (...names) => names.map((name) => new RegExp(`<${name}[^>]*>([^<]+)<`).exec(text)).find(Boolean)?.[1];
  const authors = [inside("dc:creator", "meta:initial-creator"), inside("cp:lastModifiedBy"), inside("Company")];
  return {
    ...given("author", [...new Set(authors.filter(Boolean))].join(", ")),
    ...given("device", inside("Application", "meta:generator")),
    ...given("time", inside("dcterms:created", "meta:creation-date")),
  };
}

async function entries(file, read) {
  const tail = await read(file, Math.max(0, file.size - TAIL), file.size);
  const view = new DataView(tail.buffer);
  let end = tail.length - 22;
  while (end > 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const start = view.getUint32(end + 16, true);
  const directory = await read(file, start, start + view.getUint32(end + 12, true));
  const found = [];
  const entry = new DataView(directory.buffer);
  for (let at = 0; at + 46 <= directory.length && entry.getUint32(at, true) === 0x02014b50; ) {
    const sizes = [28, 30, 32].map((offset) => entry.getUint16(at + offset, true));
    found.push({
      name: new TextDecoder().decode(directory.subarray(at + 46, at + 46 + sizes[0])),
      method: entry.getUint16(at + 10, true),
      size: entry.getUint32(at + 20, true),
      at: entry.getUint32(at + 42, true),
    });
    at += 46 + sizes[0] + sizes[1] + sizes[2];
  }
  return found;
}

// A small file can unfold into gigabytes; what is looked for stands at the beginning.
async function inflated(blob, method) {
  if (method === 0) return blob.text();
  const reader = blob.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces = [];
  for (let size = 0; size < MOST_BYTES; size += pieces[pieces.length - 1].length) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
  }
  reader.cancel();
  return new TextDecoder().decode(joined(...pieces));
}
