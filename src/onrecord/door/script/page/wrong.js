// Say at a box itself what is wrong with what stands in it. Nothing that was written is ever cut.

import { kept } from "../text.js";
import { element } from "./element.js";
import { say, sayCount } from "./say.js";

/** Say above each box, or `at` another place, what is wrong with it, and go to the first. */
export function showWrong(wrong) {
  for (const old of document.querySelectorAll("[data-wrong]")) old.remove();
  for (const { box, at = box, sentence } of wrong) {
    const id = `w-${box.id || box.name}`;
    at.before(element("p", { class: "w", id, role: "alert", "data-wrong": true }, sentence));
    const others = (box.getAttribute("aria-describedby") || "").split(" ").filter((other) => other !== id);
    box.setAttribute("aria-describedby", [id, ...others].join(" ").trim());
    const part = box.closest("details");
    if (part) part.open = true;
  }
  if (wrong.length > 0) wrong[0].box.focus();
}

/** Return the box if nothing stands in it, with its sentence. */
export const empty = (box, key) => (box.value.trim() ? [] : [{ box, sentence: say(key) }]);

/** Return the boxes that hold more characters than the desk takes, each with its sentence. */
export const tooLong = (part) =>
  [...part.querySelectorAll("[data-most]")]
    .map((box) => ({ box, surplus: [...kept(box.value)].length - box.dataset.most }))
    .filter(({ surplus }) => surplus > 0)
    .map(({ box, surplus }) => ({ box, sentence: sayCount("too_long", surplus) }));
