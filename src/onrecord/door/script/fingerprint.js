// Name a root key in six words and in digits, to be compared by eye or voice (docs/format/kit.md).

import { scrypt } from "@noble/hashes/scrypt.js";
import { utf8 } from "./bytes.js";
import { numberOf, WORDS } from "./receipt.js";

export function fingerprint(rootKey) {
  const mark = scrypt(rootKey, utf8("onrecord-root/v1"), { N: 2 ** 12, r: 8, p: 1, dkLen: 9 });
  const number = numberOf(mark) >> 6n;
  const places = Array.from({ length: 6 }, (_, place) => Number((number >> BigInt(11 * (5 - place))) & 2047n));
  return {
    words: places.map((place) => WORDS[place]),
    digits: String(number).padStart(20, "0").match(/.{4}/g).join(" "),
  };
}
