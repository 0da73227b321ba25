// Seal a letter in the page and hand it in, showing how far it is. Nothing falls back silently to another way.

import * as door from "./door.js";
import { element, show, tier } from "./element.js";
import { fileSize, say } from "./say.js";

const REASONS = {
  changed: "script_changed",
  closed: "script_closed",
  expired: "script_expired",
  forged: "script_keys",
  large: "script_large",
  malformed: "script_keys",
  refused: "script_refused",
  unreachable: "script_unreachable",
};

/** Seal and send; resolve when the letter has arrived. `request` is what the worker's `seal` takes. */
export async function sealAndSend(ask, request, keys) {
  const { hour } = await door.work();
  const whole = {
    ...request,
    letter: { ...request.letter, tier: "B", written_on: hour.slice(0, 10) },
    ...keys,
    now: door.time(hour),
  };
  const { blob, hash } = await ask("seal", whole, progress("script_sealing"));
  const asked = await door.work();
  if (asked.bits > 0) progress("script_busy")(null);
  const nonce = asked.bits > 0 ? await ask("work", { hash, ...asked }) : "";
  await door.send(blob, asked.hour, nonce, progress("script_sending", blob.size));
}

/** Show what failed, and every way on: again, back to what was written, or sealed on arrival if `onArrival` is given. */
export function showFailure(code, { again, back, onArrival }) {
  const button = (key, click) => element("button", { type: "button", click }, say(key));
  const arrival = onArrival && [
    button("script_arrival", onArrival),
    tier("C", say("tier_c")),
  ];
  show(
    element("div", { class: "e0", role: "alert" }, element("h1", {}, say("script_not_sent")), element("p", {}, say(REASONS[code] || "script_failed"))),
    button("script_again", again),
    button("script_back", back),
    ...(arrival || []),
  );
}

function progress(key, size) {
  const bar = element("progress", { max: 1, "aria-label": say(key) });
  const heading = element("h1", {}, say(key), size ? ` (${fileSize(size)})` : "");
  bar.style.width = "100%";
  show(heading, element("p", {}, bar), element("p", { class: "h" }, say("script_keep_open")));
  return (part) => {
    if (part !== null) bar.value = part;
  };
}
