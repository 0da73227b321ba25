// What the pages of a door ask their own door for: sentences, keys, the work of this hour, a box; and where letters go.

import { coded } from "./sealer.js";

export const LANGUAGE = location.pathname.split("/")[1];

async function get(path) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    throw coded("unreachable");
  }
  if (!answer.ok) throw coded(answer.status === 503 ? "closed" : "refused");
  return answer;
}

export const words = async () => (await get(`/${LANGUAGE}/words.json`)).json();
export const keyset = async () => new Uint8Array(await (await get("/.well-known/onrecord/keyset")).arrayBuffer());
export const box = async (mailbox) => (await get(`/box/${mailbox}`)).blob();
/** Return `{hour, bits}`. The door's hour counts, not the phone's: many phones have a wrong clock. */
export const work = async () => (await get("/.well-known/onrecord/work")).json();
export const time = (hour) => Date.parse(`${hour}:00:00Z`);

// What stands between may say that the door's answer did not come in time.
const NO_ANSWER = [502, 504];
// 507: there is room for words, none for files (store/spool.py).
const REFUSALS = { 503: "closed", 507: "files" };

/** Hand in a sealed letter; `tell` hears how much of it has gone out. Where no answer comes it may have arrived. */
export function send(letter, hour, nonce, tell) {
  const body = new FormData();
  body.append("work", nonce);
  body.append("hour", hour);
  body.append("letter", letter, "letter");
  // Not fetch: it does not say how far a long upload is.
  const request = new XMLHttpRequest();
  request.open("POST", `/${LANGUAGE}/sealed`);
  request.setRequestHeader("Accept", "text/plain");
  request.upload.onprogress = ({ loaded, total }) => tell(total ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status < 300) resolve();
      else if (NO_ANSWER.includes(request.status)) reject(coded("unanswered"));
      else reject(coded(REFUSALS[request.status] || "refused"));
    };
    request.onerror = () => reject(coded("unanswered"));
    request.onabort = request.onerror;
    request.send(body);
  });
}
