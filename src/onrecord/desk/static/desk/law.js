// The arrow keys go from element to element; Enter follows the link, as without this script.
"use strict";

const STEP = { ArrowDown: 1, ArrowUp: -1 };
const rows = [...document.querySelectorAll(".matrix tbody .what > a:first-child")];

document.querySelector(".matrix")?.addEventListener("keydown", (event) => {
  const at = rows.indexOf(document.activeElement);
  const next = rows[at + (STEP[event.key] || 0)];
  if (at < 0 || !STEP[event.key] || !next) return;
  event.preventDefault();
  next.focus();
});
