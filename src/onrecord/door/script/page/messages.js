// Show the desk's messages as the page of an opened box does (templates/box.html): notes, then questions with boxes.

import { element } from "./element.js";
import { month, say } from "./say.js";

// As much as an answer to any long question (ground/bounds.py).
const BOX = { "data-most": 100000, spellcheck: "false", dir: "auto" };

/** Say since when a box lies there, and of when its newest message is, where there is one. */
export function dated({ opened, month: newest, messages }) {
  const said = [say("box_opened", { month: month(opened) })];
  if (messages.length > 0) said.push(say("box_newest", { month: month(newest) }));
  return said.join(" ");
}

export function messages(list) {
  const questions = list.filter(({ kind }) => kind === "question");
  return [
    ...list.filter(({ kind }) => kind === "note").map(note),
    element("h2", {}, say("box_questions")),
    element("p", { class: "h" }, say(questions.length > 0 ? "box_silence" : "box_no_question")),
    ...questions.map(question),
  ];
}

// A message that is missing shows by the numbers of the others.
const numbered = (number) => element("p", { class: "h", dir: document.documentElement.dir }, say("box_number", { number }));

function note({ number, text }) {
  const shown = element("p", { class: "msg", dir: "auto" }, text);
  return element("section", { class: "q" }, element("h2", {}, say("box_note")), numbered(number), shown);
}

function question({ number, text, why }) {
  const id = `answer.${number}`;
  return element(
    "div",
    { class: "b", dir: "auto" },
    numbered(number),
    element("label", { class: "q msg", for: id }, text),
    element("p", { class: "h msg", id: `h-${id}` }, `${say("box_why")} ${why}`),
    element("textarea", { class: "s", id, name: id, ...BOX, "aria-describedby": `h-${id}` }),
  );
}
