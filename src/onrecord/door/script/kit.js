// The kit: seal a letter and open a reply in one file that asks nobody for anything (tier A).
//
// What seals runs in a thread of its own and is carried packed, so that the file stays small enough to pass on by hand. The
// page carries the docket's keyset and checks it against the root key before it shows anything else. Nothing is stored.
//
// LIMIT: whether the keys have ended is told by the clock of the device.

import { fromBase64 } from "./bytes.js";
import { look } from "./look/look.js";
import { readAnswers } from "./page/answers.js";
import { element, fill } from "./page/element.js";
import { showLooks } from "./page/looks.js";
import { dated, messages } from "./page/messages.js";
import { receiptShown } from "./page/receipt_shown.js";
import { isReply } from "./page/reply_file.js";
import { fileSize, learn, say } from "./page/say.js";
import { sealer } from "./page/sealer.js";
import { empty, showWrong, tooLong } from "./page/wrong.js";
import { kept } from "./text.js";

const REASONS = { changed: "script_changed", expired: "kit_old", large: "script_large" };

// Questions of the form have identifiers of their own.
const $ = (id) => document.getElementById(`kit-${id}`);
const described = () => document.querySelector("[name=files_description]");
const all = (selector) => [...document.querySelectorAll(selector)];

// What stands on the page until now, that it needs scripts, stays for a browser that cannot unpack or run what the file
// carries.
if (self.DecompressionStream) start().catch(() => {});

async function start() {
  const carried = JSON.parse($("carried").textContent);
  learn(carried.said);
  const ask = await thread();
  const { words, digits } = await ask("fingerprint", { rootKey: carried.root_key });
  $("script").hidden = true;
  const keys = { file: new TextEncoder().encode(carried.keyset), rootKey: carried.root_key };
  const keyset = await ask("keyset", keys).catch(() => null);
  if (!keyset) {
    $("forged").hidden = false;
    return;
  }
  document.getElementById("kit").hidden = false;
  $("words").textContent = words.join(" · ");
  $("digits").textContent = digits;
  bind({ ask, keys, keyset, name: carried.name });
}

async function thread() {
  const packed = new Blob([fromBase64($("thread").textContent)]);
  const unpacked = packed.stream().pipeThrough(new DecompressionStream("gzip"));
  const own = URL.createObjectURL(new Blob([await new Response(unpacked).text()], { type: "text/javascript" }));
  const policy = self.trustedTypes || { createPolicy: (_, rules) => rules };
  return sealer(new Worker(policy.createPolicy("kit", { createScriptURL: () => own }).createScriptURL("")));
}

// What is being written: a first letter, or, with `later`, an answer, which has a form and files of its own.
const NO_FILES = { files: async () => [], undecided: () => [] };
const nothing = () => ({ receipt: null, later: null, form: $("letter"), added: NO_FILES, sealed: null });

function bind(kit) {
  const state = nothing();
  const looks = showLooks($("files"), $("looks"), look, () => described().focus());
  const isOver = () => Date.now() >= Date.parse(kit.keyset.expires);
  $("old").hidden = !isOver();
  $("seal").disabled = isOver();
  const change = () => {
    state.sealed = null;
    $("seal").textContent = say("kit_go");
    fill($("sealed"));
    $("trouble").textContent = "";
  };
  document.addEventListener("input", change);
  for (const tab of all("[data-to]")) tab.addEventListener("click", (event) => step(event, tab.dataset.to));
  for (const link of all("[data-clear]")) link.addEventListener("click", (event) => clear(event, state, looks));
  for (const choice of all("[name=receipt]")) choice.addEventListener("change", () => choose(choice.value, state, kit));
  $("seal").addEventListener("click", (event) => seal(event, state, looks, kit));
  $("where").addEventListener("click", () => showAddress(kit));
  $("open").addEventListener("click", () => openReply(state, kit));
  step(null, "write");
}

function step(event, name) {
  if (event) event.preventDefault();
  for (const section of all("[data-step]")) section.hidden = section.dataset.step !== name;
  for (const tab of all(".tabs a")) {
    if (tab.dataset.to === name) tab.setAttribute("aria-current", "step");
    else tab.removeAttribute("aria-current");
  }
  if (!event) return;
  document.querySelector(".tabs").scrollIntoView();
  // What was pressed may be hidden by now; a keyboard goes on from the step that is shown.
  document.querySelector(".tabs [aria-current]").focus({ preventScroll: true });
}

async function choose(value, state, { ask }) {
  state.receipt = value === "yes" ? await ask("receipt") : null;
  fill($("receipt"), ...(state.receipt ? receiptShown(state.receipt) : []));
}

async function seal(event, state, looks, kit) {
  $("trouble").textContent = "";
  // Sealed twice it would be two letters.
  $("seal").disabled = true;
  try {
    const read = readAnswers(state.form);
    const description = kept(described().value);
    if (description.trim()) read.answers.files_description = description;
    const files = [...(await state.added.files()), ...(await looks.files())];
    const undecided = [...looks.undecided(), ...state.added.undecided()];
    const hasFiles = files.length + undecided.length > 0;
    const long = [state.form, $("files").closest("section")].flatMap(tooLong);
    const wrong = [...unsaid(read, hasFiles, state), ...long, ...undecided, ...unchosen(state)];
    if (wrong.length > 0) step(event, wrong[0].box.closest("section").dataset.step);
    showWrong(wrong);
    if (wrong.length > 0) return;
    state.sealed = state.sealed || (await sealed(read, files, state, kit));
    save(state.sealed, kit.name);
  } catch ({ code }) {
    fill($("progress"));
    $("trouble").textContent = say(REASONS[code] || "script_failed");
  } finally {
    $("seal").disabled = false;
  }
}

function unsaid({ answers, consent }, hasFiles, { form, later }) {
  const says = hasFiles || (later ? Object.keys(answers).length + consent.length > 0 : answers.account);
  const [box, sentence] = later ? ["[name=more]", "box_empty"] : ["[name=account]", "account_empty_with_files"];
  return says ? [] : empty(form.querySelector(box), sentence);
}

function unchosen({ later, receipt }) {
  const [first, none] = all("[name=receipt]");
  if (later || receipt || none.checked) return [];
  return [{ box: first, at: first.closest("label"), sentence: say("kit_choose") }];
}

async function sealed({ identity, ...read }, files, { receipt, later, form }, { ask, keys }) {
  const bar = element("progress", { max: 1, "aria-label": say("script_sealing") });
  bar.style.width = "100%";
  fill($("progress"), bar);
  const today = new Date().toISOString().slice(0, 10);
  const written = later ? { form: "mailbox.1" } : { form: form.dataset.form, path: "safe" };
  const letter = { ...read, ...written, tier: "A", language: document.documentElement.lang, written_on: today };
  const entropy = later ? later.entropy : receipt && receipt.entropy;
  const tied = later && { counter: later.counter, first_letter_sha256: later.letter_sha256 };
  const request = { letter, identity, files, entropy, later: tied, ...keys, now: Date.now() };
  const blob = await ask("seal", request, (part) => {
    bar.value = part;
  });
  fill($("progress"));
  return blob;
}

function save(blob, name) {
  element("a", { href: URL.createObjectURL(blob), download: name }).click();
  $("seal").textContent = say("kit_again");
  fill(
    $("sealed"),
    element("p", {}, element("b", {}, say("kit_done")), ` ${say("kit_hand_in")}`),
    element("p", { class: "h" }, `${say("kit_outside")}: ${fileSize(blob.size)}, ${say("kit_rounded")}`),
  );
}

async function showAddress({ ask, keyset }) {
  const wrong = empty($("typed-words"), "return_empty");
  showWrong(wrong);
  fill($("address"));
  if (wrong.length > 0) return;
  const { mailbox } = await ask("mailbox", { text: $("typed-words").value });
  const addresses = keyset.doors.map((door) => element("bdi", {}, `${door}/box/${mailbox}`));
  fill($("address"), ...addresses.flatMap((address, place) => (place > 0 ? [", ", address] : [address])));
}

async function openReply(state, { ask, keys, keyset }) {
  const [file] = $("box").files;
  const isWrong = !file || !(await isReply(file));
  const unfit = isWrong ? [{ box: $("box"), sentence: say(file ? "kit_no_reply" : "kit_no_file") }] : [];
  const wrong = [...empty($("typed-words"), "return_empty"), ...unfit];
  showWrong(wrong);
  fill($("reply"));
  if (wrong.length > 0) return;
  const { entropy } = await ask("mailbox", { text: $("typed-words").value });
  const box = await ask("open", { entropy, box: file, ...keys });
  if (!box) {
    fill($("reply"), element("p", {}, element("b", {}, say("script_nothing"))));
    return;
  }
  const form = document.querySelector("[data-step=reply] template").content.firstElementChild.cloneNode(true);
  form.prepend(...messages(box.messages));
  const input = form.querySelector("[name=files]");
  const added = showLooks(input, form.querySelector("[data-looks]"), look, () => form.querySelector("[name=more]").focus());
  const answerIt = (event) => {
    state.later = { entropy, counter: box.counter, letter_sha256: box.letter_sha256 };
    state.form = form;
    state.added = added;
    $("choice").hidden = true;
    fill($("receipt"));
    $("answering").hidden = false;
    step(event, "seal");
  };
  fill(
    $("reply"),
    element("p", {}, dated(box)),
    element("p", { class: "h" }, say("kit_checked", { number: keyset.number })),
    element("p", { class: "h" }, say("box_missing")),
    form,
    element("button", { type: "button", click: answerIt }, say("kit_answer")),
  );
}

function clear(event, state, looks) {
  Object.assign(state, nothing());
  looks.clear();
  showWrong([]);
  for (const form of all("form")) form.reset();
  for (const input of all("textarea, input[type=text], input[type=file]")) input.value = "";
  for (const input of all("[name=receipt]")) input.checked = false;
  for (const id of ["receipt", "progress", "sealed", "reply", "address", "trouble"]) fill($(id));
  $("choice").hidden = false;
  $("answering").hidden = true;
  $("seal").textContent = say("kit_go");
  step(event, "write");
}
