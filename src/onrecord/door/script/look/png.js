// Walk a PNG's chunks (W3C PNG, third edition), and write one with those that draw the picture alone.

import { ascii, joined } from "../bytes.js";
import { given, tiffTraces, xmpTraces } from "./tiff.js";

const DRAWN = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|sBIT|bKGD|pHYs|acTL|fcTL|fdAT)$/;

export function pngTraces(data) {
  let found = {};
  for (const { kind, body } of chunks(data)) {
    if (kind === "eXIf") found = { ...found, ...tiffTraces(body) };
    if (kind === "tIME") found = { ...given("time", date(body)), ...found };
    if (!/^(tEXt|zTXt|iTXt)$/.test(kind)) continue;
    const text = new TextDecoder("latin1").decode(body);
    const [name, ...rest] = text.split("\0");
    const says = rest.join(" ").trim();
    if (/author|artist|copyright/i.test(name)) found = { ...given("author", says), ...found };
    if (/software|source|model/i.test(name)) found = { ...given("device", says), ...found };
    if (/creation|date/i.test(name)) found = { ...given("time", says), ...found };
    if (/xmp/i.test(name)) found = { ...xmpTraces(text), ...found };
  }
  return found;
}

export function cleanPng(data) {
  const kept = [...chunks(data)].filter(({ kind }) => DRAWN.test(kind)).map(({ whole }) => whole);
  return joined(data.subarray(0, 8), ...kept);
}

function* chunks(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let at = 8; at + 12 <= data.length; ) {
    const size = view.getUint32(at);
    const kind = ascii(data.subarray(at + 4, at + 8));
    yield { kind, body: data.subarray(at + 8, at + 8 + size), whole: data.subarray(at, at + 12 + size) };
    if (kind === "IEND") return;
    at += 12 + size;
  }
}

const date = ([high, low, month, day]) => [high * 256 + low, month, day].join("-");
