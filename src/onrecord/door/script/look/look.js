// Say what a file gives away besides what can be seen in it, and make a clean copy where that is safe to do.
//
// Reads a few kinds by their published layouts: JPEG with Exif (CIPA DC-008), PNG (W3C), HEIC and MP4 (ISO/IEC 14496-12),
// PDF (ISO 32000), Office and OpenDocument. The file itself is never changed. What is not found may still be there:
// LIMIT: thumbnails of editors, maker notes, embedded pictures and the noise of a sensor are not looked at.

import { ascii } from "../bytes.js";
import { cleanJpeg, jpegSegments } from "./jpeg.js";
import { mediaTraces } from "./media.js";
import { officeTraces } from "./office.js";
import { pdfTraces } from "./pdf.js";
import { cleanPng, pngTraces } from "./png.js";
import { tiffTraces, xmpTraces } from "./tiff.js";

// A picture is read whole; of everything else as much as this.
const MOST_BYTES = 64 * 1024 * 1024;

/** Return `{isKnown, place, device, author, time, clean}`: texts or nothing, and a clean copy where one could be made. */
export async function look(file) {
  const head = await read(file, 0, 64);
  const start = ascii(head);
  try {
    if (start.startsWith("\xff\xd8\xff")) return await picture(file, jpegTraces, cleanJpeg);
    if (start.startsWith("\x89PNG\r\n\x1a\n")) return await picture(file, pngTraces, cleanPng);
    if (/^....ftyp/s.test(start)) return known(await mediaTraces(file, read));
    if (start.startsWith("%PDF-")) return known(pdfTraces(latin(await read(file, 0, MOST_BYTES))));
    if (start.startsWith("PK\x03\x04")) return known(await officeTraces(file, read));
  } catch {
    // A broken or hostile file is one of which nothing is known; it is sent as it is or not at all.
  }
  return { isKnown: false };
}

async function picture(file, traces, clean) {
  const data = await read(file, 0, MOST_BYTES);
  const copy = data.length === file.size ? { clean: new Blob([clean(data)]) } : {};
  return { ...known(traces(data)), ...copy };
}

function jpegTraces(data) {
  let found = {};
  for (const { marker, body } of jpegSegments(data)) {
    const start = latin(body.subarray(0, 30));
    if (marker !== 0xe1) continue;
    if (start.startsWith("Exif\0\0")) found = { ...found, ...tiffTraces(body.subarray(6)) };
    if (start.startsWith("http://ns.adobe.com/xap/1.0/")) found = { ...xmpTraces(latin(body)), ...found };
  }
  return found;
}

const known = (found) => ({ isKnown: true, ...found });

async function read(file, start, end) {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

// Bytes as characters, for files that are half text.
const latin = (bytes) => new TextDecoder("latin1").decode(bytes);
