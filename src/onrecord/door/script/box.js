// Open a reporter's box and check it: what fails one check is not shown at all (seal/letter/box.py; docs/format/reply.md).
//
// LIMIT: an older box put back in the place of a newer one is well signed; therefore its month and numbers are shown.

import { sha256 } from "@noble/hashes/sha2.js";
import { opened } from "./age.js";
import { ascii, base64, fromBase64, hex } from "./bytes.js";
import { parseCanonical } from "./canon.js";
import { require } from "./refused.js";
import { isSigned, REPLY } from "./signed.js";

const BOX_BYTES = 8192;
const TEXT_BYTES = 6000;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
// A line break is the only control character of a message.
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;
const ESCAPED = { "&": 5, "<": 4, ">": 4, '"': 6, "'": 6 };

/** Return what a box says; refuse one that does not open, is malformed, or that no member wrote to this person. */
export async function readBox(blob, { identity, reporter }, keyset) {
  return parseBox(await opened(blob, identity), reporter.recipient, keyset);
}

export function parseBox(plaintext, recipient, keyset) {
  const [body, line] = split(plaintext);
  const box = parseCanonical(body);
  check(box);
  const signer = keyset.signers.find(({ id, role }) => id === box.signer && role === "member");
  require(signer, "nothing");
  const { letter_sha256, counter } = box;
  const statement = { recipient, letter_sha256, counter, body_sha256: hex(sha256(body)) };
  const signature = fromBase64(line);
  require(base64(signature) === line, "nothing");
  require(isSigned(REPLY, statement, signature, fromBase64(signer.verify_key)), "nothing");
  return box;
}

function split(plaintext) {
  const first = plaintext.indexOf(10);
  const second = plaintext.indexOf(10, first + 1);
  require(plaintext.length === BOX_BYTES && first >= 0 && second >= 0, "nothing");
  require(plaintext.subarray(second + 1).every((byte) => byte === 0), "nothing");
  const line = ascii(plaintext.subarray(first + 1, second));
  require(/^[A-Za-z0-9+/]{86}==$/.test(line), "nothing");
  return [plaintext.subarray(0, first), line];
}

function check(box) {
  require(keysOf(box) === "counter,letter_sha256,messages,month,opened,signer,v" && box.v === 1, "nothing");
  require(/^[0-9a-f]{64}$/.test(box.letter_sha256) && /^[0-9a-f]{32}$/.test(box.signer), "nothing");
  require(MONTH.test(box.month) && MONTH.test(box.opened) && box.opened <= box.month, "nothing");
  require(isCount(box.counter) && Array.isArray(box.messages), "nothing");
  let last = 0;
  let size = 0;
  for (const message of box.messages) {
    require(keysOf(message) === "kind,number,text,why" && isCount(message.number), "nothing");
    require(message.number > last && ["question", "note"].includes(message.kind), "nothing");
    last = message.number;
    for (const text of [message.text, message.why]) {
      require(typeof text === "string" && !CONTROL.test(text), "nothing");
      size += new TextEncoder().encode(text.replace(/[&<>"']/g, (sign) => " ".repeat(ESCAPED[sign]))).length;
    }
    require(message.text.trim() && (message.why.trim() || message.kind === "note"), "nothing");
  }
  require(size <= TEXT_BYTES, "nothing");
}

const keysOf = (value) => (value && typeof value === "object" ? Object.keys(value).sort().join() : "");
const isCount = (value) => Number.isSafeInteger(value) && value > 0;
