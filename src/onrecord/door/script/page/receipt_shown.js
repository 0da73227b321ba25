// Show a receipt once, and let its owner check, as often as they like, that they have it. Nothing typed here is sent.

import { element, folded } from "./element.js";
import { say } from "./say.js";

// No word that is typed here may stay in the memory of a keyboard or a browser.
const PRIVATE = { spellcheck: "false", autocapitalize: "off", autocomplete: "off" };

const letters = (text) => (text.match(/\p{L}+/gu) || []).join(" ");
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
    const fits = letters(text) === words.join(" ") || numbers(text) === numbers(digits);
    const [how, next] = fits ? ["check_fits", "check_fits_note"] : ["check_unfit", letters(text) ? "check_order" : "check_digits"];
    answer.textContent = `${say(how)}. ${say(next)}`;
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
