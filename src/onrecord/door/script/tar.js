// Write the few lines of a tar archive that a letter needs, in exactly one way (seal/letter/tar.py, to the byte).

import { joined, utf8 } from "./bytes.js";

const BLOCK = 512;
const NAME_BYTES = 100;

export const END = new Uint8Array(2 * BLOCK);

/** Return what stands before a member's bytes: its header, after a pax record where the name is long. */
export function memberHead(path, size) {
  const name = utf8(path);
  if (name.length <= NAME_BYTES) return header(name, size, "0");
  const record = paxRecord(name);
  return joined(
    header(utf8("pax"), record.length, "x"),
    record,
    filler(record.length),
    header(utf8(path.split("-", 1)[0]).subarray(0, NAME_BYTES), size, "0"),
  );
}

export function filler(size) {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

export function member(path, data) {
  return joined(memberHead(path, data.length), data, filler(data.length));
}

function header(name, size, kind) {
  const block = new Uint8Array(BLOCK);
  const put = (text, at) => block.set(utf8(text), at);
  block.set(name);
  put("0000644\0" + "0000000\0".repeat(2), 100);
  put(`${octal(size, 11)}\0${"0".repeat(11)}\0${" ".repeat(8)}${kind}`, 124);
  put("ustar\x0000", 257);
  put(`${octal(block.reduce((sum, byte) => sum + byte, 0), 6)}\0 `, 148);
  return block;
}

function paxRecord(name) {
  // A pax record counts its own length, digits included.
  const body = joined(utf8(" path="), name, utf8("\n"));
  let size = body.length + String(body.length).length;
  size = body.length + String(size).length;
  return joined(utf8(String(size)), body);
}

const octal = (number, digits) => number.toString(8).padStart(digits, "0");
