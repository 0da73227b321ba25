// Turn nine words into the keys with which a reporter comes back (seal/receipt.py, to the bit). Nothing here is sent.

import { identityToRecipient } from "age-encryption/dist/recipients.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { expand } from "@noble/hashes/hkdf.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { bech32 } from "@scure/base";
import english from "../../words/receipt/en.txt";
import { base64, hex, utf8 } from "./bytes.js";

// Packed by scripts/build_scripts.mjs: letters shared with the word before, the rest, a mark on words to avoid.
export const WORDS = [];
const AVOID = new Set();
for (const [, kept, rest, mark] of english.matchAll(/(\d)([a-z]+)(!?)/g)) {
  WORDS.push((WORDS[WORDS.length - 1] || "").slice(0, kept) + rest);
  if (mark) AVOID.add(WORDS[WORDS.length - 1]);
}
const BYTES = 11;
const SALT = "onrecord-receipt/v1";

/** Draw a receipt none of whose nine words is one to avoid on a searched person. */
export function newReceipt() {
  for (;;) {
    const entropy = randomBytes(BYTES);
    if (!words(entropy).some((word) => AVOID.has(word))) return entropy;
  }
}

/** Return the eight words and their check word. */
export function words(entropy) {
  const number = numberOf(entropy);
  const places = Array.from({ length: 8 }, (_, place) => Number((number >> BigInt(11 * (7 - place))) & 2047n));
  const [first, second] = sha256(entropy);
  return [...places, (first << 3) | (second >> 5)].map((place) => WORDS[place]);
}

/** Return the receipt as three lines that look like telephone numbers. */
export function digits(entropy) {
  const all = String(numberOf(entropy)).padStart(27, "0");
  const lines = [...checkDigits(entropy)].map((check, line) => `0${all.slice(9 * line, 9 * line + 9)}${check}`);
  return lines.map((line) => `${line.slice(0, 4)} ${line.slice(4, 7)} ${line.slice(7)}`).join("\n");
}

const derived = new Map();

/** Derive mailbox, identity and signing key; takes some tens of milliseconds and 4 MiB, on a slow phone seconds, once. */
export function keys(entropy) {
  const name = hex(entropy);
  if (!derived.has(name)) derived.set(name, derivedFrom(entropy));
  return derived.get(name);
}

async function derivedFrom(entropy) {
  const root = scrypt(entropy, utf8(SALT), { N: 2 ** 12, r: 8, p: 1, dkLen: 32 });
  const derive = (purpose, size) => expand(sha256, root, utf8(`${SALT} ${purpose}`), size);
  const identity = bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", derive("identity", 32)).toUpperCase();
  const signing = derive("signing", 32);
  return {
    identity,
    signing,
    reporter: {
      mailbox: hex(derive("mailbox", 16)),
      recipient: await identityToRecipient(identity),
      verify_key: base64(ed25519.getPublicKey(signing)),
    },
  };
}

export function checkDigits(entropy) {
  return String(numberOf(sha256(entropy)) % 1000n).padStart(3, "0");
}

export const numberOf = (bytes) => BigInt(`0x${hex(bytes)}`);
export const entropyOf = (number) =>
  Uint8Array.from(number.toString(16).padStart(2 * BYTES, "0").match(/../g), (pair) => parseInt(pair, 16));
