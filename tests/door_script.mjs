// Let the door's own script do one thing in node, so that the tests can hold it to the vectors and to the Python code.
// One JSON request a line on standard input, one JSON answer a line on standard output; bytes travel as base 64.

import { createInterface } from "node:readline";
import { build } from "esbuild";
import { options } from "../scripts/build_scripts.mjs";

const MODULES = ["age", "box", "canon", "fingerprint", "keyset", "letter", "look/look", "padding", "receipt"];
MODULES.push("page/say", "receipt_typed", "signed", "text", "work", "worker/opening", "worker/sealing");

const contents = MODULES.map((name) => `export * as ${name.replace(/.*\//, "")} from "./${name}.js";`).join("\n");
const stdin = { contents, resolveDir: new URL("../src/onrecord/door/script", import.meta.url).pathname };
const { outputFiles } = await build({ ...options, format: "esm", stdin, write: false });
const script = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
const { age, box, canon, fingerprint, keyset, letter, look, padding, receipt, signed, work } = script;
const { opening } = script.opening;
const { sealing } = script.sealing;

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const text = (data) => Buffer.from(data).toString("base64");
const file = ({ name, data }) => ({ name, blob: new Blob([bytes(data)]) });
const hex = (data) => Buffer.from(data).toString("hex");

const actions = {
  canonical: ({ value }) => text(canon.canonical(value)),
  parseCanonical: ({ data }) => canon.parseCanonical(bytes(data)),
  paddedSizes: ({ sizes }) => sizes.map(padding.paddedSize),
  newReceipts: ({ count }) => Array.from({ length: count }, sealing.receipt),
  kept: ({ typed }) => typed.map(script.text.kept),
  months: ({ language, months }) => {
    globalThis.document = { documentElement: { lang: language } };
    return months.map(script.say.month);
  },
  shownNames: ({ names }) => names.map(letter.shownName),
  keyset: ({ data, rootKey, now }) => keyset.readKeyset(bytes(data), { rootKey, now: now && Date.parse(now) }),
  work: ({ hash, hour, bits }) => work.work(hash, hour, bits),
  fingerprint: ({ rootKey }) => fingerprint.fingerprint(bytes(rootKey)),
  parse: ({ text }) => hex(script.receipt_typed.parse(text)),
  box: ({ data, recipient, keyset }) => box.parseBox(bytes(data), recipient, keyset),

  async receipt({ entropy }) {
    const own = Uint8Array.from(Buffer.from(entropy, "hex"));
    const { identity, reporter } = await receipt.keys(own);
    return { words: receipt.words(own).join(" "), digits: receipt.digits(own), identity, reporter };
  },

  signature({ kind, statement, private_key, public_key, signature }) {
    const domain = kind === "letter" ? signed.LETTER : signed.REPLY;
    const key = (public_key ?? private_key) && Uint8Array.from(Buffer.from(public_key ?? private_key, "hex"));
    if (public_key) return signed.isSigned(domain, statement, Uint8Array.from(Buffer.from(signature, "hex")), key);
    return { signed: hex(signed.signedBytes(domain, statement)), signature: hex(signed.sign(domain, statement, key)) };
  },

  async inside({ letter: words, files, signing }) {
    const sign = (body_sha256) => {
      const { counter, first_letter_sha256 } = words;
      const statement = { first_letter_sha256: first_letter_sha256 || "", counter, body_sha256 };
      return signed.sign(signed.LETTER, statement, Uint8Array.from(Buffer.from(signing, "hex")));
    };
    return text(await age.whole(letter.inside(words, { files: files.map(file), sign: signing && sign })));
  },

  async seal({ files = [], file: keys, entropy, ...request }) {
    const own = entropy && Uint8Array.from(Buffer.from(entropy, "hex"));
    const whole = { ...request, files: files.map(file), file: bytes(keys), entropy: own };
    const blob = await sealing.seal(whole, () => {});
    return { data: text(await blob.arrayBuffer()), hash: await sealing.hash({ blob }) };
  },

  async open({ text: words, box: data, file: keys, rootKey }) {
    const { entropy } = await opening.mailbox({ text: words });
    return opening.open({ entropy, box: new Blob([bytes(data)]), file: bytes(keys), rootKey });
  },

  async look({ data, name }) {
    const { clean, ...found } = await look.look(new File([bytes(data)], name ?? "file"));
    return { ...found, clean: clean ? text(await clean.arrayBuffer()) : null };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  try {
    console.log(JSON.stringify({ done: (await actions[request.action](request)) ?? null }));
  } catch (error) {
    console.log(JSON.stringify({ refused: error.code ?? error.message }));
  }
}
