// Read a file slice by slice, so that a film of 500 MB never has to fit into memory.

import { require } from "./refused.js";

const SLICE = 1024 * 1024;

/** Yield a file's bytes; refuse one that changes or goes away meanwhile. */
export async function* slices(blob) {
  for (let start = 0; start < blob.size; start += SLICE) {
    let data;
    try {
      data = new Uint8Array(await blob.slice(start, start + SLICE).arrayBuffer());
    } catch {
      require(false, "changed");
    }
    // A file that shrank while it was read would leave a hole.
    require(data.length === Math.min(SLICE, blob.size - start), "changed");
    yield data;
  }
}
