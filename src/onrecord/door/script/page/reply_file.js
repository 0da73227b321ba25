// Tell a file that holds a reply from any other by its outside: each is an age file, all of one size (docs/format/reply.md).

import { ascii } from "../bytes.js";

const START = "age-encryption.org/v1\n";
// A box with what age puts around it is smaller, the smallest letter is larger.
const MOST_BYTES = 16384;

export async function isReply(file) {
  const start = await file.slice(0, START.length).arrayBuffer();
  return file.size < MOST_BYTES && ascii(new Uint8Array(start)) === START;
}
