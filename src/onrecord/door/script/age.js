// Seal and open age v1 files to hybrid keys alone (c2sp.org/age), with the parts of the npm package age-encryption.
//
// Its `Encrypter` would bring every other kind of recipient along, a third of all bytes on a slow line. What is left out
// here, other programs seal; a letter is never sealed to anything but ML-KEM-768 with X25519.

import { encodeHeader, encodeHeaderNoMAC, parseHeader } from "age-encryption/dist/format.js";
import { read } from "age-encryption/dist/io.js";
import { HybridIdentity, HybridRecipient } from "age-encryption/dist/recipients.js";
import { decryptSTREAM, encryptSTREAM } from "age-encryption/dist/stream.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { joined, utf8 } from "./bytes.js";
import { require } from "./refused.js";

const derived = (fileKey, salt, purpose) => hkdf(sha256, fileKey, salt, utf8(purpose), 32);

/** Yield a sealed file, piece by piece, while the pieces of what is sealed come. */
export async function* sealed(pieces, recipients) {
  const fileKey = randomBytes(16);
  const nonce = randomBytes(16);
  const stanzas = recipients.flatMap((text) => new HybridRecipient(text).wrapFileKey(fileKey));
  const mac = hmac(sha256, derived(fileKey, undefined, "header"), encodeHeaderNoMAC(stanzas));
  yield joined(encodeHeader(stanzas, mac), nonce);
  yield* drained(streamed(pieces).pipeThrough(encryptSTREAM(derived(fileKey, nonce, "payload"))));
}

/** Return what a small sealed file holds; refuse one that does not open with this identity. */
export async function opened(blob, identity) {
  const { stanzas, headerNoMAC, MAC, rest } = await parseHeader(blob.stream());
  const fileKey = new HybridIdentity(identity).unwrapFileKey(stanzas);
  require(fileKey !== null, "nothing");
  const mac = hmac(sha256, derived(fileKey, undefined, "header"), headerNoMAC);
  require(mac.every((byte, place) => byte === MAC[place]) && MAC.length === mac.length, "nothing");
  const { data: nonce, rest: payload } = await read(rest, 16);
  return whole(drained(payload.pipeThrough(decryptSTREAM(derived(fileKey, nonce, "payload")))));
}

export async function whole(pieces) {
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return joined(...all);
}

function streamed(pieces) {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

async function* drained(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
