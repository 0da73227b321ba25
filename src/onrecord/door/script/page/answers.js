// Read what was written and ticked on a form into the fields of a letter (docs/format/letter.md).

import { kept } from "../text.js";

// Not answers: which button was pressed, the line that only programs fill in, the words of a receipt, how a file goes.
const LEFT_OUT = /^(receipt|subject|words|look-\d+)$/;
// The row of a grid of permissions that stands for all others.
const EVERYTHING = "consent.all";

/** Return `{answers, prompted, consent, identity}`; a tick is marked as prompted, since it answers our words. */
export function readAnswers(form) {
  const read = { answers: {}, prompted: [], consent: [], identity: { name: "", contact: "" } };
  for (const input of form.elements) {
    if (!input.name || input.disabled || LEFT_OUT.test(input.name)) continue;
    if (input.type === "radio" || input.type === "checkbox") {
      if (input.checked && input.value) tick(read, input);
    } else if (input.tagName === "TEXTAREA" || input.type === "text") write(read, input);
  }
  const every = form.querySelector(`[name="${EVERYTHING}"]:checked`);
  if (every && every.value) read.consent = purposes(form).map((purpose) => consent(purpose, every));
  const { name, contact } = read.identity;
  return { ...read, identity: name || contact ? read.identity : null };
}

function write({ answers, identity }, { name, value }) {
  const text = kept(value);
  if (!text.trim()) return;
  if (name in identity) identity[name] = text.trim();
  else answers[name] = text;
}

function tick(read, input) {
  const { answers, prompted } = read;
  const [name, row] = input.name.split(/\.(.*)/);
  if (name === "consent") {
    read.consent.push(consent(row, input));
    return;
  }
  if (row) {
    answers[name] = answers[name] || {};
    (answers[name][row] = answers[name][row] || []).push(input.value);
  } else if (input.type === "radio") answers[name] = input.value;
  else if (input.value === "yes") answers[name] = true;
  else (answers[name] = answers[name] || []).push(input.value);
  if (!prompted.includes(name)) prompted.push(name);
}

function purposes(form) {
  const names = [...form.elements].map(({ name }) => name).filter((name) => /^consent\./.test(name) && name !== EVERYTHING);
  return [...new Set(names)].map((name) => name.slice("consent.".length));
}

// A choice goes with what stood beside it on the screen: the purpose, its consequence, the choice (door/form.py).
function consent(purpose, input) {
  const sentences = [...input.closest("[data-row]").querySelectorAll("[data-sentence]")];
  const own = input.closest("label").querySelector("span");
  const shown = sentences.includes(own) ? sentences : [...sentences, own];
  return { purpose, state: input.value, wording: shown.map(({ textContent }) => textContent.trim()).join("\n") };
}
