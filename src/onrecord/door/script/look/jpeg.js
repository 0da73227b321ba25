// Walk a JPEG's segments (ITU-T T.81, annex B), and write one without anything but the picture.

import { joined } from "../bytes.js";
import { ORIENTATION, tiffTags } from "./tiff.js";

const SCAN = 0xda;
const END = 0xd9;
// What decoding needs: tables, frames, scans, and Adobe's mark of how colours are stored.
const isPicture = (marker) => marker < 0xe0 || marker === 0xee || (marker > 0xef && marker !== 0xfe);

/** Yield each segment up to the next scan: its marker, its body, where it begins and ends. */
export function* jpegSegments(data, at = 2) {
  while (at + 4 <= data.length && data[at] === 0xff) {
    const marker = data[at + 1];
    const size = data[at + 2] * 256 + data[at + 3];
    yield { marker, body: data.subarray(at + 4, at + 2 + size), start: at, end: at + 2 + size };
    if (marker === SCAN) return;
    at += 2 + size;
  }
}

/** Return the picture alone: no place, device, author, time, preview or anything after its end. */
export function cleanJpeg(data) {
  const kept = [data.subarray(0, 2), turned(data)];
  for (let at = 2; data[at + 1] !== END; ) {
    const [first, ...more] = jpegSegments(data, at);
    if (!first) throw new Error("broken");
    const last = more.length > 0 ? more[more.length - 1] : first;
    for (const { marker, start, end } of [first, ...more]) if (isPicture(marker)) kept.push(data.subarray(start, end));
    at = last.marker === SCAN ? scanEnd(data, last.end) : last.end;
    kept.push(data.subarray(last.end, at));
  }
  return joined(...kept, Uint8Array.of(0xff, END));
}

function scanEnd(data, at) {
  while (at + 1 < data.length) {
    // Inside a scan 0xff stands only before a zero or before a restart mark.
    const next = data[at + 1];
    if (data[at] === 0xff && next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
    at += 1;
  }
  throw new Error("broken");
}

/** Return an Exif segment that says nothing but which side is up, or nothing. */
function turned(data) {
  for (const { marker, body } of jpegSegments(data)) {
    if (marker !== 0xe1 || String.fromCharCode(...body.subarray(0, 4)) !== "Exif") continue;
    const side = tiffTags(body.subarray(6)).get(ORIENTATION);
    if (!(side > 1 && side < 9)) return new Uint8Array();
    const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, side, 0, 0, 0, 0, 0, 0];
    return Uint8Array.from([0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff]);
  }
  return new Uint8Array();
}
