// Take over a page's form: seal the letter in this browser before it is sent (tier B).
//
// Until keys, sentences and worker are there the form stays what it is, and its label says C. Nothing is stored, nobody
// but the door is asked, and a letter that cannot be sealed here is sent another way only by its writer's own choice.

import { readAnswers } from "./page/answers.js";
import { fileList, press } from "./page/arrival.js";
import * as door from "./page/door.js";
import { element, folded, show, tier } from "./page/element.js";
import { bindLeaving } from "./page/leaving.js";
import { looksOf } from "./page/looks_of_door.js";
import { receiptShown } from "./page/receipt_shown.js";
import { learn, say } from "./page/say.js";
import { doorWorker, sealer } from "./page/sealer.js";
import { begun, deliver, sealLetter, showArriving } from "./page/sending.js";
import { empty, showWrong, tooLong } from "./page/wrong.js";

bindLeaving();
const form = document.querySelector("form[data-seal]");
// Where something of it is missing, the page works as it does without a script.
if (form) start(form).catch(() => {});

async function start(form) {
  const ask = sealer(doorWorker("/seal-worker.js"));
  const [words, file, { hour }] = await Promise.all([door.words(), door.keyset(), door.work()]);
  learn(words);
  const { root_key } = await ask("keyset", { file, rootKey: null, now: door.time(hour) });
  const looks = looksOf(form, "files_description");
  document.querySelector("[data-tier]").replaceWith(tier("B", say("tier_b")));
  let isOff = false;
  let button = null;
  // Older browsers do not say which button sent a form; each of them first says that it was clicked, Enter included.
  form.addEventListener("click", ({ target }) => {
    button = target.closest("button") || button;
  });
  form.addEventListener("submit", (event) => {
    if (isOff) return;
    event.preventDefault();
    const arrive = (list) => {
      isOff = true;
      press(button, form, list);
      isOff = false;
    };
    submit(form, button, looks, ask, { file, rootKey: root_key }, arrive);
  });
}

function submit(form, button, looks, ask, keys, arrive) {
  // Read while the form still stands in the page: taken out, it would own the choices of how a file goes.
  const reading = written(form, looks);
  // The page, with all that was written, waits beside the progress and comes back if something fails. From here on nobody
  // can press the button again.
  const back = show(...begun());
  let receipt = null;
  const seal = async () => {
    const request = await reading;
    const wrong = wrongIn(form, request, looks);
    if (wrong.length > 0) {
      back();
      showWrong(wrong);
      return null;
    }
    if (button.value === "yes") receipt = receipt || (await ask("receipt"));
    return sealLetter(ask, { ...request, entropy: receipt && receipt.entropy }, keys);
  };
  const arrival = async () => {
    const files = await looks.files();
    const list = fileList(files);
    const go = () => {
      back();
      arrive(list);
      showArriving(back);
    };
    return { names: list || files.length === 0 ? files.map(({ name }) => name) : null, go };
  };
  deliver(ask, seal, { arrived: () => showSent(receipt), back, arrival });
}

async function written(form, looks) {
  const { identity, ...read } = readAnswers(form);
  const { path, form: name } = form.dataset;
  return { letter: { ...read, language: door.LANGUAGE, path, form: name }, identity, files: await looks.files() };
}

function wrongIn(form, { files }, looks) {
  const undecided = looks.undecided();
  const isEmpty = files.length + undecided.length === 0;
  const sentence = form.querySelector("[name=files]") ? "account_empty_with_files" : "account_empty";
  return [...(isEmpty ? empty(form.querySelector("[name=account]"), sentence) : []), ...tooLong(form), ...undecided];
}

function showSent(receipt) {
  const { href, textContent } = document.querySelector("a.x");
  const paragraphs = (...keys) => keys.map((key) => element("p", {}, say(key)));
  const end = (text, ...next) => [
    folded(say("sent_next"), ...paragraphs("sent_read", ...next)),
    folded(say("sent_seal"), tier("B", say("tier_b"))),
    element("a", { class: "go", href, rel: "noreferrer" }, text),
  ];
  if (receipt) {
    const after = end(say("sent_go"), "sent_return", "return_any");
    show(element("h1", {}, say("sent_title")), ...paragraphs("sent_lead"), ...receiptShown(receipt), ...after);
  } else {
    show(element("h1", {}, say("sent_plain_title")), ...paragraphs("sent_plain", "sent_again"), ...end(textContent));
  }
}
