// What the worker does to read: find a reporter's mailbox from the words, and open what lies in it.

import { sha256 } from "@noble/hashes/sha2.js";
import { readBox } from "../box.js";
import { utf8 } from "../bytes.js";
import { readKeyset } from "../keyset.js";
import { keys } from "../receipt.js";
import { parse } from "../receipt_typed.js";

export const opening = {
  async mailbox({ text }) {
    const entropy = entropyOf(text);
    return { entropy, mailbox: (await keys(entropy)).reporter.mailbox };
  },

  /** Return what a box says, or null for every reason why it says nothing. */
  async open({ entropy, box, file, rootKey }) {
    const keyset = readKeyset(file, { rootKey });
    const own = await keys(entropy);
    try {
      return await readBox(box, own, keyset);
    } catch {
      return null;
    }
  },
};

// Whoever types wrong words is answered from a box that is not theirs, by the same steps.
function entropyOf(text) {
  try {
    return parse(text);
  } catch {
    return sha256(utf8(text.normalize("NFKC").toLowerCase())).slice(0, 11);
  }
}
