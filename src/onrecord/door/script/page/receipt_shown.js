// Show a receipt once, and let its owner check, as often as they like, that they have it. Nothing typed here is sent.

import { element, folded } from "./element.js";
import { say, sayCount } from "./say.js";

// No word that is typed here may stay in the memory of a keyboard or a browser.
const PRIVATE = { spellcheck: "false", autocapitalize: "off", autocomplete: "off" };

const wordsIn = (text) => text.match(/\p{L}+/gu) || [];
const numbers = (text) => text.replace(/[^0-9]/g, "");

export function receiptShown({ words, digits }) {
  const list = words.map((word) => element("li", {}, word));
  return [
    element("ol", { class: "words", translate: "no", dir: "ltr", lang: "en" }, ...list),
    element("p", { class: "h" }, say("sent_how")),
    folded(
      say("sent_numbers"),
      element("p", { class: "m", dir: "ltr", translate: "no" }, digits),
      element("p", { class: "h" }, say("sent_numbers_note")),
    ),
    folded(say("check_title"), check(words, digits)),
  ];
}

function check(words, digits) {
  const typed = element("textarea", { id: "typed", class: "s", dir: "ltr", ...PRIVATE });
  const answer = element("p", { class: "w", role: "status" });
  const submit = (event) => {
    event.preventDefault();
    const text = typed.value.normalize("NFKC").toLowerCase();
    const fits = wordsIn(text).join(" ") === words.join(" ") || numbers(text) === numbers(digits);
    answer.textContent = fits ? `${say("check_fits")}. ${say("check_fits_note")}` : unfit(text, words.length);
    if (!fits) typed.focus();
  };
  return element(
    "form",
    { submit },
    element("label", { class: "h", for: "typed" }, say("check_help")),
    typed,
    answer,
    element("button", {}, say("check_send")),
  );
}

// As the page of a check says it without a script (door/pages.py), which also knows every word that could be one.
function unfit(text, needed) {
  const count = wordsIn(text).length;
  if (!text.trim()) return say("return_empty");
  const why = count === 0 ? say("check_digits") : count === needed ? say("check_order") : sayCount("check_count", count);
  return `${say("check_unfit")}. ${why}`;
}
