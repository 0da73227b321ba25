// Show the desk's messages, each question with a box for its answer.

import { element } from "./element.js";
import { say } from "./say.js";

export function messages(list) {
  const questions = list.filter(({ kind }) => kind === "question");
  const head = [element("h2", {}, say(questions.length > 0 ? "box_questions" : "box_no_question"))];
  if (questions.length > 0) head.push(element("p", { class: "h" }, say("box_silence")));
  return [...head, ...list.map(message)];
}

function message({ number, kind, text, why }) {
  const lines = (said) => said.split("\n").flatMap((line, place) => (place > 0 ? [element("br"), line] : [line]));
  if (kind === "note") return element("div", { class: "f" }, element("h3", {}, say("box_note")), element("p", { dir: "auto" }, ...lines(text)));
  const id = `answer.${number}`;
  return element(
    "div",
    { class: "f" },
    element("label", { class: "q", for: id, dir: "auto" }, ...lines(text)),
    element("p", { class: "h" }, element("b", {}, say("box_why")), " ", element("bdi", {}, ...lines(why))),
    element("textarea", { id, name: id, spellcheck: "false", dir: "auto" }),
  );
}
