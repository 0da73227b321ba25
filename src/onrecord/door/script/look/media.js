// Look into HEIC pictures and MP4 or MOV films: the boxes that say where, with what and when (ISO/IEC 14496-12, 23008-12).

import { given, tiffTraces, xmpTraces } from "./tiff.js";

const MOST_BYTES = 16 * 1024 * 1024;
// A film has some dozen; a hostile file may have millions.
const MOST_BOXES = 1000;
// Seconds from 1904, where films count from, to 1970.
const EPOCH = 2082844800;

export async function mediaTraces(file, read) {
  const brand = new TextDecoder("latin1").decode(await read(file, 8, 12));
  if (/^(he|mif|msf|avi)/.test(brand)) return pictureTraces(await read(file, 0, MOST_BYTES));
  for await (const { kind, start, end } of boxes(file, read)) {
    if (kind === "moov") return filmTraces(await read(file, start, Math.min(end, start + MOST_BYTES)));
  }
  return {};
}

async function* boxes(file, read) {
  for (let start = 0, count = 0; start + 8 <= file.size && count < MOST_BOXES; count += 1) {
    const head = await read(file, start, start + 16);
    const view = new DataView(head.buffer);
    let size = view.getUint32(0);
    if (size === 1 && head.length === 16) size = Number(view.getBigUint64(8));
    if (size === 0) size = file.size - start;
    if (size < 8) return;
    yield { kind: String.fromCharCode(...head.subarray(4, 8)), start, end: start + size };
    start += size;
  }
}

function filmTraces(data) {
  const text = new TextDecoder("latin1").decode(data);
  const point = /([+-]\d{2}\.\d{3,})([+-]\d{3}\.\d{3,})/.exec(text);
  const device = /(?:Apple|Samsung|Xiaomi|HUAWEI|HONOR|OPPO|vivo|Redmi|POCO|Google|Motorola|Nokia|Sony|realme)[\w .+-]{0,30}/i.exec(text);
  const made = text.indexOf("mvhd");
  const seconds = made < 0 ? 0 : new DataView(data.buffer, data.byteOffset).getUint32(made + 8);
  return {
    ...given("place", point && `${point[1]}, ${point[2]}`),
    ...given("device", device && device[0].trim()),
    ...given("time", seconds > EPOCH && new Date((seconds - EPOCH) * 1000).toISOString().slice(0, 16).replace("T", " ")),
  };
}

function pictureTraces(data) {
  // Exif lies as an item of its own; its first bytes are always the same.
  const text = new TextDecoder("latin1").decode(data);
  const at = text.search(/Exif\0\0(II\*\0|MM\0\*)/);
  return at < 0 ? xmpTraces(text) : { ...xmpTraces(text), ...tiffTraces(data.subarray(at + 6)) };
}
