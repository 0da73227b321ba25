// Open a reporter's box in this browser: the nine words never leave the page (tier B).

import { readAnswers } from "./page/answers.js";
import * as door from "./page/door.js";
import { element, show, tier } from "./page/element.js";
import { bindLeaving } from "./page/leaving.js";
import { looksOf } from "./page/looks_of_door.js";
import { learn, say } from "./page/say.js";
import { doorWorker, sealer } from "./page/sealer.js";
import { begun, deliver, sealLetter, showFailure } from "./page/sending.js";
import { dated, messages } from "./page/messages.js";
import { empty, showWrong, tooLong } from "./page/wrong.js";

bindLeaving();
// What can be answered, as the page of an opened box asks it; it leaves the page with the rest of it.
const blank = document.getElementById("answer");
const form = document.querySelector("form[data-return]");
// Where something of it is missing, the page works as it does without a script. What opens a box reads it as a stream.
const hasStreams = self.TransformStream && ReadableStream.prototype.pipeThrough;
if (form && hasStreams) start(form).catch(() => {});

async function start(form) {
  const ask = sealer(doorWorker("/return-worker.js"));
  const [words, file, { hour }] = await Promise.all([door.words(), door.keyset(), door.work()]);
  learn(words);
  const { root_key } = await ask("keyset", { file, rootKey: null, now: door.time(hour) });
  const keys = { file, rootKey: root_key };
  document.querySelector("[data-tier]").replaceWith(tier("B", say("tier_b"), say("script_return")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const box = form.querySelector("[name=words]");
    const wrong = empty(box, "return_empty");
    showWrong(wrong);
    if (wrong.length === 0) open(box.value, ask, keys);
  });
}

async function open(text, ask, keys) {
  const back = show(element("h1", {}, say("box_title")), element("p", { class: "h" }, say("script_keep_open")));
  try {
    const { entropy, mailbox } = await ask("mailbox", { text });
    showBox(await ask("open", { entropy, box: await door.box(mailbox), ...keys }), entropy, ask, keys);
  } catch ({ code }) {
    showFailure(code, { again: () => open(text, ask, keys), back });
  }
}

function showBox(box, entropy, ask, keys) {
  const answer = blank.content.firstElementChild.cloneNode(true);
  answer.prepend(...messages(box ? box.messages : []));
  answer.append(
    tier("B", say("tier_b")),
    element("button", { class: "go" }, say("box_send")),
    element("p", { class: "h" }, say("box_same_words")),
  );
  const looks = looksOf(answer, "more");
  const said = box ? [dated(box), say("script_checked")] : [say("box_nothing")];
  const lines = ["box_other", "box_not_again", "box_close", ...(box ? ["box_missing"] : [])];
  const notes = lines.map((key) => element("li", {}, say(key)));
  show(element("h1", {}, say("box_title")), element("p", {}, said.join(" ")), element("ul", { class: "n" }, ...notes), answer);
  // Until the desk has opened the first letter there is no box; what is written then is signed all the same.
  const later = box ? { counter: box.counter, first_letter_sha256: box.letter_sha256 } : { counter: 0 };
  answer.addEventListener("submit", (event) => {
    event.preventDefault();
    sendAnswer(answer, looks, { entropy, later }, ask, keys);
  });
}

function sendAnswer(answer, looks, tied, ask, keys) {
  const reading = written(answer, looks);
  const back = show(...begun());
  const seal = async () => {
    const request = await reading;
    const wrong = wrongIn(answer, request, looks);
    if (wrong.length > 0) {
      back();
      showWrong(wrong);
      return null;
    }
    return sealLetter(ask, { ...request, ...tied }, keys);
  };
  const said = ["box_same_words", "box_close"].map((key) => element("p", {}, say(key)));
  deliver(ask, seal, { arrived: () => show(element("h1", {}, say("sent_plain_title")), ...said), back });
}

async function written(answer, looks) {
  const { answers, prompted, consent } = readAnswers(answer);
  const letter = { form: "mailbox.1", language: door.LANGUAGE, answers, prompted, consent };
  return { letter, identity: null, files: await looks.files() };
}

function wrongIn(answer, { letter: { answers, consent }, files }, looks) {
  const undecided = looks.undecided();
  const isEmpty = Object.keys(answers).length + consent.length + files.length + undecided.length === 0;
  return [...(isEmpty ? empty(answer.querySelector("[name=more]"), "box_empty") : []), ...tooLong(answer), ...undecided];
}
