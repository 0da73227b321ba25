// The thread that opens a reporter's box and seals the answer.

import { answer } from "./worker/answer.js";
import { opening } from "./worker/opening.js";
import { sealing } from "./worker/sealing.js";

answer(self, { ...sealing, ...opening });
