// Take over a page's form: seal the letter in this browser before it is sent (tier B).
//
// Until keys, sentences and worker are there the form stays what it is, and its label says C. Nothing is stored, nobody
// but the door is asked, and a letter that cannot be sealed here is sent another way only by its writer's own choice.

import { readAnswers } from "./page/answers.js";
import * as door from "./page/door.js";
import { element, folded, show, tier } from "./page/element.js";
import { bindLeaving } from "./page/leaving.js";
import { looksOf } from "./page/looks_of_door.js";
import { receiptShown } from "./page/receipt_shown.js";
import { learn, say } from "./page/say.js";
import { doorWorker, sealer } from "./page/sealer.js";
import { begun, handIn, sealLetter, showFailure } from "./page/sending.js";
import { showWrong, tooLong } from "./page/wrong.js";

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
  const label = markTier();
  let isOff = false;
  let button = null;
  // Older browsers do not say which button sent a form; each of them first says that it was clicked, Enter included.
  form.addEventListener("click", ({ target }) => {
    button = target.closest("button") || button;
  });
  form.addEventListener("submit", (event) => {
    if (isOff) return;
    event.preventDefault();
    const arrive = () => {
      isOff = true;
      label();
      button.click();
    };
    submit(form, button, looks, ask, { file, rootKey: root_key }, arrive);
  });
}

function submit(form, button, looks, ask, keys, arrive) {
  // The page, with all that was written, waits beside the progress and comes back if something fails. Nothing comes before
  // this line: from here on nobody can press the button again.
  const back = show(...begun());
  let receipt = null;
  // Tried again it stays the same letter, so that one which did arrive is not there twice.
  let sealed = null;
  const send = async () => {
    try {
      const request = written(form, looks);
      const wrong = wrongIn(form, request);
      if (wrong.length > 0) {
        back();
        showWrong(wrong);
        return;
      }
      if (button.value === "yes" && !receipt) receipt = await ask("receipt");
      sealed = sealed || (await sealLetter(ask, { ...request, entropy: receipt && receipt.entropy }, keys));
      await handIn(ask, sealed);
      showSent(receipt);
    } catch ({ code }) {
      const onArrival = () => {
        back();
        arrive();
      };
      showFailure(code, { again: send, back, onArrival });
    }
  };
  send();
}

function written(form, looks) {
  const { identity, ...read } = readAnswers(form);
  const { path, form: name } = form.dataset;
  return { letter: { ...read, language: door.LANGUAGE, path, form: name }, identity, files: looks.files() };
}

function wrongIn(form, { letter, files }) {
  if (letter.answers.account || files.length > 0) return tooLong(form);
  return [{ box: form.querySelector("[name=account]"), sentence: say("account_empty") }];
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
    const after = end(say("sent_go"), "sent_return", "sent_wrong");
    show(element("h1", {}, say("sent_title")), ...paragraphs("sent_lead"), ...receiptShown(receipt), ...after);
  } else {
    show(element("h1", {}, say("sent_plain_title")), ...paragraphs("sent_plain", "sent_again"), ...end(textContent));
  }
}

/** Show the label of the way in which this page now sends, and return what puts the old one back. */
function markTier() {
  const label = document.querySelector("[data-tier]");
  const own = tier("B", say("tier_b"));
  label.replaceWith(own);
  return () => own.replaceWith(label);
}
