// Read the few Exif fields that say where, with what, by whom and when (CIPA DC-008; TIFF 6.0), and their twins in XMP.

const MAKE = 0x010f;
const MODEL = 0x0110;
const SOFTWARE = 0x0131;
const TIME = 0x0132;
const ARTIST = 0x013b;
const COPYRIGHT = 0x8298;
const EXIF = 0x8769;
const GPS = 0x8825;
const TIME_TAKEN = 0x9003;
const OWNER = 0xa430;
const SERIAL = 0xa431;
export const ORIENTATION = 0x0112;

const SIZES = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

export function tiffTraces(data) {
  const tags = tiffTags(data);
  const text = (...ids) => ids.map((id) => tags.get(id)).filter((value) => typeof value === "string" && value).join(", ");
  return {
    ...given("place", place(tags.gps)),
    ...given("device", text(MAKE, MODEL, SOFTWARE, SERIAL)),
    ...given("author", text(ARTIST, OWNER, COPYRIGHT)),
    ...given("time", text(TIME_TAKEN) || text(TIME)),
  };
}

/** Return the fields of a TIFF header's directories by number; those of the place stand apart, in `gps`. */
export function tiffTags(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const isLittle = data[0] === 0x49;
  const tags = new Map();
  tags.gps = new Map();
  const directory = (offset, into) => {
    const count = Math.min(view.getUint16(offset, isLittle), 200);
    for (let place = 0; place < count; place += 1) {
      const entry = offset + 2 + 12 * place;
      if (entry + 12 > data.length) return;
      into.set(view.getUint16(entry, isLittle), value(view, data, entry, isLittle));
    }
  };
  directory(view.getUint32(4, isLittle), tags);
  if (tags.has(EXIF)) directory(tags.get(EXIF), tags);
  if (tags.has(GPS)) directory(tags.get(GPS), tags.gps);
  return tags;
}

function value(view, data, entry, isLittle) {
  const kind = view.getUint16(entry + 2, isLittle);
  const count = view.getUint32(entry + 4, isLittle);
  const size = (SIZES[kind] || 1) * count;
  const at = size <= 4 ? entry + 8 : view.getUint32(entry + 8, isLittle);
  if (at + size > data.length) return null;
  if (kind === 2) return new TextDecoder().decode(data.subarray(at, at + count)).replace(/\0.*$/s, "").trim();
  if (kind === 3) return view.getUint16(at, isLittle);
  if (kind === 4) return view.getUint32(at, isLittle);
  if (kind !== 5) return null;
  const part = (place) => view.getUint32(at + 4 * place, isLittle);
  return Array.from({ length: Math.min(count, 3) }, (_, place) => part(2 * place) / (part(2 * place + 1) || 1));
}

function place(gps) {
  const [latitude, longitude] = [degrees(gps.get(2), gps.get(1) === "S"), degrees(gps.get(4), gps.get(3) === "W")];
  return latitude === null || longitude === null ? "" : `${latitude}, ${longitude}`;
}

function degrees(parts, isNegative) {
  if (!Array.isArray(parts)) return null;
  const [whole = 0, minutes = 0, seconds = 0] = parts;
  return ((isNegative ? -1 : 1) * (whole + minutes / 60 + seconds / 3600)).toFixed(4);
}

/** Read the same from XMP, which Adobe's programs and others write as text (ISO 16684-1). */
export function xmpTraces(text) {
  const inside = (name) => {
    const found = new RegExp(`${name}(?:="([^"]*)"|[^>]*>(?:\\s*<[^>]*>)*([^<]*))`).exec(text);
    return found ? (found[1] || found[2] || "").trim() : "";
  };
  const latitude = inside("exif:GPSLatitude");
  return {
    ...given("place", latitude && `${latitude}, ${inside("exif:GPSLongitude")}`),
    ...given("device", inside("xmp:CreatorTool") || inside("tiff:Model")),
    ...given("author", inside("dc:creator") || inside("pdf:Author")),
    ...given("time", inside("xmp:CreateDate")),
  };
}

/** Return one trace if there is one: a later source must not blot out an earlier one with nothing. */
export function given(name, text) {
  return text ? { [name]: text } : {};
}
