// Ask the worker that seals and opens to do one thing, and wait for it.

/** Return `ask(action, request, tell)` for a worker; whatever it refuses comes back as an error with a `code`. */
export function sealer(worker) {
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data: { id, done, part, failed } }) => {
    const { resolve, reject, tell } = waiting.get(id);
    if (part !== undefined) return tell(part);
    waiting.delete(id);
    return failed ? reject(coded(failed)) : resolve(done);
  };
  worker.onerror = () => {
    for (const { reject } of waiting.values()) reject(coded("failed"));
    waiting.clear();
  };
  return (action, request = {}, tell = () => {}) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject, tell });
      worker.postMessage({ id: last, action, request });
    });
}

/**
 * Return a worker of the door; throw where the browser lacks what sealing takes, so that its page stays as it is. The one
 * policy of the door's pages lets this one address run and no other.
 */
export function doorWorker(own) {
  if (!Blob.prototype.arrayBuffer) throw coded("failed");
  const createScriptURL = (address) => {
    if (address === own) return address;
    throw coded("failed");
  };
  const policy = self.trustedTypes ? self.trustedTypes.createPolicy("door", { createScriptURL }) : { createScriptURL };
  return new Worker(policy.createScriptURL(own));
}

export function coded(code) {
  return Object.assign(new Error(code), { code });
}
