// Close a letter: words first, then what identifies, then files, a signature, and zeros up to the next rung.
//
// Byte for byte what seal/letter/write.py writes; docs/format/letter.md describes it.

import { sha256 } from "@noble/hashes/sha2.js";
import { sealed, whole } from "./age.js";
import { hex, joined } from "./bytes.js";
import { canonical } from "./canon.js";
import { paddedSize } from "./padding.js";
import { require } from "./refused.js";
import { slices } from "./slices.js";
import { END, filler, member, memberHead } from "./tar.js";
import { visible } from "./text.js";

const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 100;
const MOST_JSON_BYTES = 1024 * 1024;
const IDENTITY_BYTES = 4096;
const NAME_CHARACTERS = 200;
const ZEROS = 1024 * 1024;

/** What every letter says, in the order of seal/letter/content.py; a page fills in what it knows. */
export const EMPTY = {
  v: 1,
  form: "report_form.1",
  tier: "B",
  language: "en",
  path: "",
  written_on: "",
  answers: {},
  prompted: [],
  consent: [],
  reporter: null,
  parts: [],
  counter: 0,
  first_letter_sha256: null,
};

/** Yield the inside of a letter, padded; `sign` turns the hash of all that stands before it into a signature. */
export async function* inside(letter, { identity = null, files = [], sign = null }) {
  // Without a compiler a browser hashes slowly: only what will be signed is hashed.
  const body = sign && sha256.create();
  let size = 0;
  const counted = (data) => {
    size += data.length;
    if (body) body.update(data);
    return data;
  };
  const words = canonical({ ...EMPTY, ...letter });
  require(words.length <= MOST_JSON_BYTES && files.length <= MOST_FILES, "large");
  yield counted(member("letter.json", words));
  if (identity) yield counted(member("identity.age", identity));
  for (const [place, file] of files.entries()) {
    const number = String(place + 1).padStart(2, "0");
    require(size + file.blob.size <= MOST_BYTES, "large");
    yield counted(memberHead(`files/${number}-${shownName(file.name)}`, file.blob.size));
    for await (const slice of slices(file.blob)) yield counted(slice);
    yield counted(filler(file.blob.size));
  }
  if (sign) yield counted(member("letter.sig", sign(hex(body.clone().digest()))));
  yield counted(END);
  for (let missing = paddedSize(size) - size; missing > 0; missing -= ZEROS) {
    yield new Uint8Array(Math.min(ZEROS, missing));
  }
}

/** Yield a whole letter, sealed to a keyset's letter recipients; what identifies is sealed to its own first. */
export async function* sealedLetter(letter, keyset, { identity = null, files = [], sign = null } = {}) {
  const apart = identity && (await sealedIdentity(identity, keyset));
  yield* sealed(inside(letter, { identity: apart, files, sign }), keyset.letter_recipients);
}

/** Return the name under which a file travels: nothing hidden, no separator, shortened in its middle. */
export function shownName(name) {
  let shown = visible(name.normalize("NFC")).replace(/[/\\\s]+/gu, " ").trim();
  const characters = [...shown];
  if (characters.length > NAME_CHARACTERS) {
    const half = NAME_CHARACTERS / 2 - "[...]".length;
    const [start, end] = [characters.slice(0, half), characters.slice(-half)].map((part) => part.join("").trim());
    shown = `${start}[...]${end}`.normalize("NFC");
  }
  return shown === "" || shown === "." || shown === ".." ? "unnamed" : shown;
}

async function sealedIdentity({ name, contact }, keyset) {
  const data = canonical({ v: 1, name, contact });
  require(data.length <= IDENTITY_BYTES, "large");
  const padded = joined(data, new Uint8Array(IDENTITY_BYTES - data.length));
  return whole(sealed([padded][Symbol.iterator](), keyset.identity_recipients));
}
