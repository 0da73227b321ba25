// Seal a letter in the page and hand it in, showing how far it is. Nothing falls back silently to another way.

import * as door from "./door.js";
import { element, show, tier } from "./element.js";
import { fileSize, say } from "./say.js";

const REASONS = {
  changed: "script_changed",
  closed: "script_closed",
  expired: "script_expired",
  files: "script_files_full",
  forged: "script_keys",
  large: "script_large",
  malformed: "script_keys",
  refused: "script_refused",
  unreachable: "script_unreachable",
};

const NO_ANSWER = ["unanswered", "unreachable"];

// A letter is long and its line may be slow: so often it goes out again because the door became busier on its way.
const MOST_TIMES = 3;

/** Seal a letter; `request` is what the worker's `seal` takes. */
export async function sealLetter(ask, request, keys) {
  const { hour } = await door.work();
  const whole = {
    ...request,
    letter: { ...request.letter, tier: "B", written_on: hour.slice(0, 10) },
    ...keys,
    now: door.time(hour),
  };
  return ask("seal", whole, progress("script_sealing"));
}

/** Hand in a sealed letter, with the work that the door asks for by then; resolve when it has arrived. */
export async function handIn(ask, blob) {
  let asked = await door.work();
  for (let times = 1; ; times += 1) {
    const nonce = asked.bits > 0 ? await worked(ask, blob, asked) : "";
    try {
      return await door.send(blob, asked.hour, nonce, progress("script_sending", blob.size));
    } catch (error) {
      if (error.code !== "closed" || times === MOST_TIMES) throw error;
      const now = await door.work();
      const isMore = now.bits > asked.bits || (now.bits > 0 && now.hour !== asked.hour);
      if (!isMore) throw error;
      asked = now;
    }
  }
}

async function worked(ask, blob, { hour, bits }) {
  progress("script_busy");
  return ask("work", { hash: await ask("hash", { blob }), hour, bits });
}

/**
 * Hand in what `seal` makes (nothing, if something is wrong with it) until it has arrived. Tried again, the same bytes go
 * out, which the desk counts once: the first time only the answer may have been lost.
 */
export async function deliver(ask, seal, { arrived, back, arrival = () => null }) {
  let sealed = null;
  let mayBeThere = false;
  const send = async () => {
    try {
      sealed = sealed || (await seal());
      if (!sealed) return;
      await handIn(ask, sealed);
    } catch ({ code }) {
      mayBeThere = mayBeThere || code === "unanswered";
      showFailure(code, { again: send, back, mayBeThere, arrival: await arrival() });
      return;
    }
    arrived();
  };
  await send();
}

/**
 * Show what failed, and every way on: again, back to what was written, or, where there is that way, sealed on arrival.
 * Where there is no room for files, sealed on arrival would lay them open for nothing: back, to leave them out, comes first.
 */
export function showFailure(code, { again, back, mayBeThere = false, arrival = null }) {
  const heading = element("h1", {}, say(mayBeThere ? "script_unsure" : "script_not_sent"));
  const why = mayBeThere && NO_ANSWER.includes(code) ? [] : [note(REASONS[code] || "script_failed")];
  const isFull = code === "files";
  if (isFull) why.push(note("script_files_out"));
  const ways = [button("script_again", again), button("script_back", back)];
  show(
    element("div", { class: "e0", role: "alert" }, heading, ...why, ...(mayBeThere ? [note("script_unanswered")] : [])),
    ...(isFull ? ways.reverse() : ways),
    ...(arrival && !isFull ? arrivalOffered(arrival, mayBeThere) : []),
  );
}

// `names` are those of the files that would go; null if none can go as it was chosen.
function arrivalOffered({ names, go }, mayBeThere) {
  const list = () => element("ul", { class: "n" }, ...names.map((name) => element("li", {}, element("bdi", {}, name))));
  const notes = [
    ...(mayBeThere ? [note("script_arrival_twice")] : []),
    ...(names ? [] : [note("script_arrival_none")]),
    ...(names && names.length > 0 ? [note("script_arrival_files"), list()] : []),
  ];
  return [
    element("div", { class: "before" }, ...notes),
    button("script_arrival", go),
    tier("C", say("tier_c")),
  ];
}

const note = (key) => element("p", {}, say(key));
const button = (key, click) => element("button", { type: "button", click }, say(key));

/** Show that a page is on its way to be sealed on arrival. */
export function showArriving(back) {
  const note = element("p", { class: "h" }, say("script_keep_open"));
  show(element("h1", {}, say("script_sending")), note, tier("C", say("tier_c")), button("script_back", back));
}

/** Return what a page shows from the moment it begins to seal. */
export const begun = () => waiting("script_sealing");

function progress(key, size) {
  const shown = waiting(key, size ? ` (${fileSize(size)})` : "");
  show(...shown);
  const bar = document.querySelector("main progress");
  return (part) => {
    bar.value = part;
  };
}

function waiting(key, size = "") {
  const bar = element("progress", { max: 1, "aria-label": say(key) });
  bar.style.width = "100%";
  return [element("h1", {}, say(key), size), element("p", {}, bar), element("p", { class: "h" }, say("script_keep_open"))];
}
