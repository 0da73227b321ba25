// Open a reporter's box in this browser: the nine words never leave the page (tier B).

import { readAnswers } from "./page/answers.js";
import * as door from "./page/door.js";
import { element, show, tier } from "./page/element.js";
import { bindLeaving } from "./page/leaving.js";
import { looksOf } from "./page/looks_of_door.js";
import { day, learn, say } from "./page/say.js";
import { doorWorker, sealer } from "./page/sealer.js";
import { begun, handIn, sealLetter, showFailure } from "./page/sending.js";
import { messages } from "./page/messages.js";
import { showWrong, tooLong } from "./page/wrong.js";

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
    const text = form.querySelector("[name=words]").value;
    if (text.trim()) open(text, ask, keys);
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
  const said = box
    ? [say("box_opened", { month: day(box.opened) }), say("box_newest", { month: day(box.month) }), say("script_checked")]
    : [say("box_nothing")];
  const notes = ["box_other", "box_not_again", "box_close"].map((key) => element("li", {}, say(key)));
  show(element("h1", {}, say("box_title")), element("p", {}, said.join(" ")), element("ul", { class: "n" }, ...notes), answer);
  answer.addEventListener("submit", (event) => {
    event.preventDefault();
    const { answers, prompted, consent } = readAnswers(answer);
    const files = looks.files();
    if (Object.keys(answers).length + consent.length + files.length === 0) return;
    const wrong = tooLong(answer);
    showWrong(wrong);
    if (wrong.length > 0) return;
    // Until the desk has opened the first letter there is no box; what is written then is signed all the same.
    const later = box ? { counter: box.counter, first_letter_sha256: box.letter_sha256 } : { counter: 0 };
    const letter = { form: "mailbox.1", language: door.LANGUAGE, answers, prompted, consent };
    sendAnswer(ask, { letter, identity: null, files, entropy, later }, keys);
  });
}

async function sendAnswer(ask, request, keys) {
  const back = show(...begun());
  let sealed = null;
  const send = async () => {
    try {
      sealed = sealed || (await sealLetter(ask, request, keys));
      await handIn(ask, sealed);
      show(element("h1", {}, say("sent_plain_title")), element("p", {}, say("box_same_words")), element("p", {}, say("box_close")));
    } catch ({ code }) {
      showFailure(code, { again: send, back });
    }
  };
  await send();
}
