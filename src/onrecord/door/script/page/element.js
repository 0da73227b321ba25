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

/** Show other content in the page's middle and begin reading at its heading. */
export function show(...content) {
  const main = document.querySelector("main");
  const before = [...main.childNodes];
  main.replaceChildren(...content);
  const heading = main.querySelector("h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
  }
  scrollTo(0, 0);
  return () => main.replaceChildren(...before);
}
