// Make an element; text is only ever text, so that nothing a stranger wrote becomes markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value !== false && value !== null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Put other content into an element. (Browsers of early 2020 have no `replaceChildren`.) */
export function fill(parent, ...content) {
  parent.textContent = "";
  parent.append(...content);
}

/** Show other content in the page's middle, begin reading at its heading, and return what brings the page back. */
export function show(...content) {
  const main = document.querySelector("main");
  const before = [...main.childNodes];
  const languages = document.querySelector(".bar a:not(.x)");
  fill(main, ...content);
  // Another language would be another page, without what was written here.
  languages.hidden = true;
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
  scrollTo(0, 0);
  return () => {
    fill(main, ...before);
    languages.hidden = false;
  };
}

export const folded = (summary, ...content) =>
  element("details", {}, element("summary", {}, element("b", {}, summary)), ...content);

export const tier = (letter, ...sentences) =>
  element("p", { class: "t" }, element("b", {}, letter), element("span", {}, sentences.join(" ")));
