// Look into a PDF's own description of itself (ISO 32000-1, 14.3). LIMIT: what a PDF keeps compressed is not found.

import { given, xmpTraces } from "./tiff.js";

export function pdfTraces(text) {
  const entry = (name) => {
    const found = new RegExp(`/${name}\\s*(?:\\(((?:\\\\.|[^\\\\)])*)\\)|<([0-9A-Fa-f\\s]*)>)`).exec(text);
    return found ? read(found[1], found[2]) : "";
  };
  const device = [entry("Creator"), entry("Producer")].filter(Boolean).join(", ");
  return {
    ...xmpTraces(text),
    ...given("author", entry("Author")),
    ...given("device", device),
    ...given("time", entry("CreationDate").replace(/^D:(\d{4})(\d\d)(\d\d).*$/, "$1-$2-$3")),
  };
}

function read(plain, hex) {
  const bytes = hex
    ? Uint8Array.from(hex.replace(/\s/g, "").match(/../g) || [], (pair) => parseInt(pair, 16))
    : Uint8Array.from(plain.replace(/\\([()\\])/g, "$1"), (character) => character.charCodeAt(0));
  // A text that begins with this mark is UTF-16, every other nearly Latin.
  const isWide = bytes[0] === 0xfe && bytes[1] === 0xff;
  return new TextDecoder(isWide ? "utf-16be" : "latin1").decode(bytes).trim();
}
