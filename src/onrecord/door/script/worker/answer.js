// Answer the page's messages: one in is one thing to do; what goes back are its progress and its end, or why it was refused.

import { Refused } from "../refused.js";

export function answer(scope, actions) {
  scope.onmessage = async ({ data: { id, action, request } }) => {
    try {
      const done = await actions[action](request, (part) => scope.postMessage({ id, part }));
      scope.postMessage({ id, done });
    } catch (error) {
      scope.postMessage({ id, failed: error instanceof Refused ? error.code : "failed" });
    }
  };
}
