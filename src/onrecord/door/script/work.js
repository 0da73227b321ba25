// Do the work that a door asks for when it is busy, bound to one letter and one hour (door/limits.py).

import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.js";

/** Return a nonce with which the hash begins with so many zero bits. */
export function work(letterSha256, hour, bits) {
  const begun = sha256.create().update(utf8(`onrecord-work/v1\n${letterSha256}\n${hour}\n`));
  for (let nonce = 0; ; nonce += 1) {
    const hash = begun.clone().update(utf8(String(nonce))).digest();
    if (leadingZeros(hash) >= bits) return String(nonce);
  }
}

function leadingZeros(hash) {
  const place = hash.findIndex((byte) => byte > 0);
  return 8 * place + Math.clz32(hash[place]) - 24;
}
