// The thread that seals, so that the page stays free.

import { answer } from "./worker/answer.js";
import { sealing } from "./worker/sealing.js";

answer(self, sealing);
