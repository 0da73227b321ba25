// Selecting words in the text fills the form, and a field shows at once what it takes. Without this script the same form
// works by naming the paragraph and pasting the words. Nothing is sent until the form is.
"use strict";

const form = document.querySelector("form.code");
const choices = JSON.parse(document.getElementById("choices").textContent);

// Positions are counted in characters (code points) of the whole text, as everywhere in Onrecord; a browser counts UTF-16.
const characters = (text) => [...text].length;

function place(node, offset) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const said = element && element.closest(".said");
  if (!said) return null;
  const before = document.createRange();
  before.setStart(said, 0);
  before.setEnd(node, offset);
  return { said, at: Number(said.dataset.start) + characters(before.toString()) };
}

function selected() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const from = place(range.startContainer, range.startOffset);
  const to = place(range.endContainer, range.endOffset);
  if (!from || !to || to.at <= from.at) return null;
  const words = selection.toString();
  // Blanks at the ends of a selection are slips of the hand.
  const start = from.at + characters(words) - characters(words.trimStart());
  const end = to.at - (characters(words) - characters(words.trimEnd()));
  return end > start ? { start, end, words: words.trim(), number: from.said.dataset.number } : null;
}

function take() {
  const found = selected();
  if (!found) return;
  form.elements.words.value = found.words;
  form.elements.paragraph.value = found.number;
  const hidden = document.getElementById("f-place");
  if (hidden) hidden.value = `${found.start}:${found.end}`;
  form.elements.words.classList.add("found");
}

function option(code, label) {
  const made = document.createElement("option");
  made.value = code;
  made.textContent = label;
  return made;
}

function offer(row) {
  const takes = choices[row.querySelector("[data-field]").value] || { terms: [], modes: [], hint: "" };
  const old = row.querySelector("[data-value]");
  const made = document.createElement(takes.terms.length ? "select" : "input");
  made.id = old.id;
  made.name = old.name;
  made.dataset.value = "";
  if (takes.terms.length) made.append(option("", ""), ...takes.terms.map(([code, label]) => option(code, label)));
  old.replaceWith(made);
  row.querySelector("[data-hint]").textContent = takes.hint;
  const modes = row.querySelector("[data-modes]");
  modes.hidden = !takes.modes.length;
  modes.querySelector("select").replaceChildren(option("", ""), ...takes.modes.map(([code, label]) => option(code, label)));
}

// Only a new act asks to whom it was done and in which event, and only somebody named has a name to write.
function fold() {
  const isNew = form.elements.on.value.startsWith("new:");
  for (const name of ["victim", "event"]) {
    // What is refused stays in sight, with what is said beside it.
    const isRefused = form.elements[name].getAttribute("aria-invalid") === "true";
    form.querySelector(`[data-${name}]`).hidden = !isNew && !isRefused;
    if (!isNew && !isRefused) form.elements[name].value = "";
  }
  for (const link of form.querySelectorAll("[data-link]")) {
    link.querySelector("[data-name]").hidden = link.querySelector("[data-who]").value !== "name";
  }
}

function showPassage() {
  const id = location.hash.startsWith("#p") ? location.hash.slice(2) : "";
  for (const mark of document.querySelectorAll("mark[data-passages]")) {
    mark.classList.toggle("now", Boolean(id) && mark.dataset.passages.split(" ").includes(id));
  }
}

document.getElementById("main").addEventListener("pointerup", () => setTimeout(take));
document.getElementById("main").addEventListener("keyup", take);
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-field]")) offer(event.target.closest("[data-row]"));
  fold();
});
for (const part of form.querySelectorAll("[data-noscript]")) part.hidden = true;
fold();
for (const modes of form.querySelectorAll("[data-modes]")) modes.hidden = modes.querySelectorAll("option").length < 2;
window.addEventListener("hashchange", showPassage);
showPassage();
document.getElementById("how").textContent = document.getElementById("how").dataset.script;
