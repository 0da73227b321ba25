// Leave at once: by the link, or by Escape pressed twice; the page is replaced, so that "back" does not lead here.
//
// The page says both, and that what was typed is gone then.
//
// LIMIT: the browser's history keeps the address; the page says so too.

export function bindLeaving() {
  const link = document.querySelector("a.x");
  for (const note of document.querySelectorAll("[data-escape]")) {
    note.hidden = false;
    link.title = note.textContent;
  }
  let escapes = 0;
  const leave = (event) => {
    event.preventDefault();
    location.replace(link.href);
    // The other page may be slow to come.
    document.body.textContent = "";
  };
  link.addEventListener("click", leave);
  addEventListener("keydown", (event) => {
    escapes = event.key === "Escape" ? escapes + 1 : 0;
    if (escapes > 1) leave(event);
  });
}
