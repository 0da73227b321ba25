// What the worker does to write: keys, receipts, sealing, work. It knows no address and asks nobody.

import { sha256 } from "@noble/hashes/sha2.js";
import { hex, utf8 } from "../bytes.js";
import { readKeyset } from "../keyset.js";
import { sealedLetter } from "../letter.js";
import { digits, keys, newReceipt, words } from "../receipt.js";
import { LETTER, sign } from "../signed.js";
import { slices } from "../slices.js";
import { work } from "../work.js";

// So much is kept in memory at once; a browser may put the rest, sealed by then, wherever it keeps large things.
const HELD_BYTES = 8 * 1024 * 1024;

export const sealing = {
  keyset: ({ file, rootKey, now }) => readKeyset(file, { rootKey, now }),
  work: ({ hash, hour, bits }) => work(hash, hour, bits),

  async hash({ blob }) {
    const hash = sha256.create();
    for await (const slice of slices(blob)) hash.update(slice);
    return hex(hash.digest());
  },

  receipt() {
    const entropy = newReceipt();
    return { entropy, words: words(entropy), digits: digits(entropy) };
  },

  /** Seal a letter: a first one with or without a receipt, or a later one that its receipt signs. */
  async seal({ letter, identity, files, file, rootKey, now, entropy, later }, tell) {
    const keyset = readKeyset(file, { rootKey, now });
    const own = entropy && (await keys(entropy));
    const whole = { ...letter, ...later, consent: (letter.consent || []).map(hashed) };
    if (own && !later?.counter) whole.reporter = own.reporter;
    const signs = own && later;
    const pieces = sealedLetter(whole, keyset, { identity, files, sign: signs ? signing(whole, own) : null });
    return collected(pieces, files.reduce((sum, { blob }) => sum + blob.size, 0), tell);
  },
};

// A choice is kept with the hash of the sentences that stood on the screen.
const hashed = ({ purpose, state, wording }) => ({ purpose, state, wording_sha256: hex(sha256(utf8(wording))) });

function signing({ counter = 0, first_letter_sha256 }, own) {
  return (body_sha256) =>
    sign(LETTER, { first_letter_sha256: first_letter_sha256 || "", counter, body_sha256 }, own.signing);
}

async function collected(pieces, expected, tell) {
  const stored = [];
  let held = [];
  let heldBytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    heldBytes += piece.length;
    if (heldBytes < HELD_BYTES) continue;
    stored.push(new Blob(held));
    held = [];
    heldBytes = 0;
    tell(Math.min(1, (stored.length * HELD_BYTES) / expected));
  }
  return new Blob([...stored, ...held], { type: "application/octet-stream" });
}
