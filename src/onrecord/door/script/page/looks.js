// Show what each chosen file gives away, and ask how to send it; the file itself is never changed.

import { element, fill } from "./element.js";
import { fileSize, say } from "./say.js";

const TRACES = ["place", "device", "author", "time"];
let count = 0;

/**
 * Show a card for each file of an input; what comes back says which files are to be sent, once all were looked into, and
 * for which of them a choice is missing. `look` looks into one of them, `describe` leads to where it can be described.
 * Where the input says `data-adds`, a second choice adds to the first.
 */
export function showLooks(input, shownAt, look, describe) {
  let chosen = [];
  let looking = null;
  const changed = async () => {
    const added = [...input.files].map((file) => ({ file, way: null, clean: null }));
    chosen = input.hasAttribute("data-adds") ? [...chosen, ...added] : added;
    if (input.hasAttribute("data-adds")) input.value = "";
    await Promise.all(added.map(async (one) => Object.assign(one, await card(one, look, describe))));
    const heading = element("h2", {}, say("script_looks"));
    const help = element("p", { class: "h" }, say("script_looks_help"), " ", say("script_seen"));
    const cards = chosen.map(({ shown }) => shown).filter(Boolean);
    fill(shownAt, ...(cards.length > 0 ? [heading, help, ...cards] : []));
  };
  const begin = () => {
    looking = Promise.all([looking, changed()]);
  };
  input.addEventListener("change", begin);
  // A browser may have kept a choice from before this script ran.
  if (input.files.length > 0) begin();
  return {
    async files() {
      await looking;
      return chosen.flatMap(sent);
    },
    undecided: () => chosen.filter(({ way }) => !way).map(missing),
    clear() {
      chosen = [];
      fill(shownAt);
    },
  };
}

function missing({ file, shown }) {
  const box = shown.querySelector("input");
  return { box, at: box.closest("label"), sentence: say("script_choose", { name: file.name }) };
}

function sent({ file, way, clean }) {
  if (!way || way === "describe") return [];
  const original = { name: file.name, blob: file };
  return way === "as_is" ? [original] : [original, { name: file.name.replace(/(\.[^.]*)?$/, ".clean$1"), blob: clean }];
}

async function card(one, look, describe) {
  const found = await look(one.file).catch(() => ({}));
  const tells = TRACES.some((name) => found[name]);
  // Nothing is chosen beforehand for a file that is seen to give something away.
  one.way = tells ? null : "as_is";
  count += 1;
  const choice = (way) => {
    const change = () => {
      one.way = way;
      if (way === "describe") describe();
    };
    // No form owns these choices: they are never sent as fields.
    const attributes = { type: "radio", form: "none", name: `look-${count}`, checked: way === one.way, change };
    return element("label", { class: "o" }, element("input", attributes), element("span", {}, say(`script_${way}`)));
  };
  const ways = found.clean ? ["as_is", "with_copy", "describe"] : ["as_is", "describe"];
  const { name, size } = one.file;
  const shown = element(
    "fieldset",
    { class: "f" },
    element("legend", {}, element("bdi", {}, name), ` ${fileSize(size)}`),
    found.isKnown ? traces(found) : element("p", { class: "h" }, say("script_unknown")),
    ...ways.map(choice),
  );
  return { shown, clean: found.clean || null };
}

function traces(found) {
  const value = (name) =>
    found[name] ? element("b", {}, element("bdi", {}, found[name])) : say("script_absent");
  return element("ul", { class: "n" }, ...TRACES.map((name) => element("li", {}, `${say(`script_${name}`)}: `, value(name))));
}
