// Seal and open age v1 files to hybrid keys alone (c2sp.org/age), with the parts of the npm package age-encryption.
//
// Its `Encrypter` would bring every other kind of recipient along, a third of all bytes on a slow line. What is left out
// here, other programs seal; a letter is never sealed to anything but ML-KEM-768 with X25519. Its payload goes through
// streams that browsers before 2022 lack; the few lines of it that seal stand here, plain.

import { encodeHeader, encodeHeaderNoMAC, parseHeader } from "age-encryption/dist/format.js";
import { read, readAll } from "age-encryption/dist/io.js";
import { HybridIdentity, HybridRecipient } from "age-encryption/dist/recipients.js";
import { decryptSTREAM } from "age-encryption/dist/stream.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { joined, utf8 } from "./bytes.js";
import { require } from "./refused.js";

const CHUNK = 64 * 1024;

const derived = (fileKey, salt, purpose) => hkdf(sha256, fileKey, salt, utf8(purpose), 32);

/** Yield a sealed file, piece by piece, while the pieces of what is sealed come. */
export async function* sealed(pieces, recipients) {
  const fileKey = randomBytes(16);
  const nonce = randomBytes(16);
  const stanzas = recipients.flatMap((text) => new HybridRecipient(text).wrapFileKey(fileKey));
  const mac = hmac(sha256, derived(fileKey, undefined, "header"), encodeHeaderNoMAC(stanzas));
  yield joined(encodeHeader(stanzas, mac), nonce);
  yield* payload(pieces, derived(fileKey, nonce, "payload"));
}

// Only when more is to come is a full chunk known not to be the last.
async function* payload(pieces, key) {
  const chunk = new Uint8Array(CHUNK);
  let used = 0;
  let number = 0;
  for await (const piece of pieces) {
    for (let start = 0; start < piece.length; ) {
      if (used === CHUNK) {
        yield chacha20poly1305(key, chunkNonce(number, false)).encrypt(chunk);
        number += 1;
        used = 0;
      }
      const taken = piece.subarray(start, start + CHUNK - used);
      chunk.set(taken, used);
      used += taken.length;
      start += taken.length;
    }
  }
  yield chacha20poly1305(key, chunkNonce(number, true)).encrypt(chunk.subarray(0, used));
}

// Eleven bytes count, big-endian, and one says whether this chunk is the last. No letter has 2^32 chunks.
function chunkNonce(number, isLast) {
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  view.setUint32(7, number);
  view.setUint8(11, Number(isLast));
  return nonce;
}

/** Return what a small sealed file holds; refuse one that does not open with this identity. */
export async function opened(blob, identity) {
  const { stanzas, headerNoMAC, MAC, rest } = await parseHeader(blob.stream());
  const fileKey = new HybridIdentity(identity).unwrapFileKey(stanzas);
  require(fileKey !== null, "nothing");
  const mac = hmac(sha256, derived(fileKey, undefined, "header"), headerNoMAC);
  require(mac.every((byte, place) => byte === MAC[place]) && MAC.length === mac.length, "nothing");
  const { data: nonce, rest: chunks } = await read(rest, 16);
  return readAll(chunks.pipeThrough(decryptSTREAM(derived(fileKey, nonce, "payload"))));
}

export async function whole(pieces) {
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return joined(...all);
}
