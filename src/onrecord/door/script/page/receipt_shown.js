// Show a receipt once, and let its owner check, as often as they like, that they have it. Nothing typed here is sent.

import { element } from "./element.js";
import { say } from "./say.js";

// No word that is typed here may stay in the memory of a keyboard or a browser.
const PRIVATE = { spellcheck: "false", autocapitalize: "off", autocomplete: "off" };

const letters = (text) => (text.match(/\p{L}+/gu) || []).join(" ");
const numbers = (text) => text.replace(/[^0-9]/g, "");

export function receiptShown({ words, digits }) {
  const numbers = element("details", {}, element("summary", {}, say("sent_numbers")));
  numbers.append(
    element("p", { class: "m", dir: "ltr", translate: "no" }, digits),
    element("p", { class: "h" }, say("sent_numbers_note")),
  );
  return [
    element("ol", { class: "words", translate: "no", dir: "ltr", lang: "en" }, ...words.map((word) => element("li", {}, word))),
    element("p", { class: "h" }, say("sent_how")),
    numbers,
    check(words, digits),
  ];
}

function check(words, digits) {
  const typed = element("textarea", { id: "typed", class: "s", dir: "ltr", ...PRIVATE, "aria-describedby": "h-typed" });
  const answer = element("p", { class: "w", role: "status" });
  const submit = (event) => {
    event.preventDefault();
    const text = typed.value.normalize("NFKC").toLowerCase();
    const fits = letters(text) === words.join(" ") || numbers(text) === numbers(digits);
    answer.textContent = fits ? `${say("check_fits")}. ${say("check_fits_note")}` : `${say("check_unfit")}. ${say("check_digits")}`;
  };
  return element(
    "form",
    { submit },
    element("label", { class: "q", for: "typed" }, say("check_title")),
    element("p", { class: "h", id: "h-typed" }, say("check_help")),
    typed,
    element("button", {}, say("check_send")),
    answer,
  );
}
