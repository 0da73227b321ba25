// The thread of the kit: all that the door's pages do, and the words by which its root key is compared.

import { fromBase64 } from "./bytes.js";
import { fingerprint } from "./fingerprint.js";
import { answer } from "./worker/answer.js";
import { opening } from "./worker/opening.js";
import { sealing } from "./worker/sealing.js";

answer(self, { ...sealing, ...opening, fingerprint: ({ rootKey }) => fingerprint(fromBase64(rootKey)) });
