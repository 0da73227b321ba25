// Read the docket's public keys for one epoch, signed by its root key (seal/keyset.py; docs/format/keyset.md).

import { ed25519 } from "@noble/curves/ed25519.js";
import { base64, fromBase64, joined, utf8 } from "./bytes.js";
import { canonical, parseCanonical } from "./canon.js";
import { require } from "./refused.js";

const DOMAIN = "onrecord-keyset/v1\n";
const KEYS = ["v", "number", "docket", "epoch", "issued", "expires", "letter_recipients", "identity_recipients"];
const NAMES = [...KEYS, "log_key", "signers", "doors", "root_key"].sort().join();
const EPOCH = 90 * 86400000;
const MOST_BYTES = 256 * 1024;
const MOST_RECIPIENTS = 64;

/** Return a keyset; refuse one that is malformed, forged, or over at a given moment (null: whenever). */
export function readKeyset(file, { rootKey = null, now = null }) {
  require(file.length <= MOST_BYTES, "malformed");
  const { keyset, signature, ...more } = objectOf(parseCanonical(file));
  require(Object.keys(more).length === 0, "malformed");
  check(objectOf(keyset));
  require(rootKey === null || keyset.root_key === rootKey, "forged");
  const signed = joined(utf8(DOMAIN), canonical(keyset));
  require(ed25519.verify(key(signature, 64), signed, key(keyset.root_key, 32), { zip215: false }), "forged");
  require(now === null || now < moment(keyset.expires), "expired");
  return keyset;
}

function check(keyset) {
  require(Object.keys(keyset).sort().join() === NAMES && keyset.v === 1, "malformed");
  require(typeof keyset.docket === "string" && isCount(keyset.number) && isCount(keyset.epoch), "malformed");
  key(keyset.log_key, 32);
  const lifetime = moment(keyset.expires) - moment(keyset.issued);
  require(lifetime > 0 && lifetime <= EPOCH, "malformed");
  for (const recipients of [keyset.letter_recipients, keyset.identity_recipients]) {
    require(Array.isArray(recipients) && recipients.length > 0 && recipients.length <= MOST_RECIPIENTS, "malformed");
    require(recipients.every((text) => typeof text === "string" && text.startsWith("age1pq1")), "malformed");
  }
  require(Array.isArray(keyset.doors) && keyset.doors.every((door) => typeof door === "string"), "malformed");
  require(Array.isArray(keyset.signers), "malformed");
  for (const signer of keyset.signers) {
    require(Object.keys(objectOf(signer)).sort().join() === "id,role,verify_key", "malformed");
    require(typeof signer.id === "string" && ["member", "service"].includes(signer.role), "malformed");
    key(signer.verify_key, 32);
  }
}

function objectOf(value) {
  require(value !== null && typeof value === "object" && !Array.isArray(value), "malformed");
  return value;
}

function key(text, size) {
  let raw;
  try {
    raw = fromBase64(text);
  } catch {
    require(false, "malformed");
  }
  require(raw.length === size && base64(raw) === text, "malformed");
  return raw;
}

function moment(text) {
  require(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text)), "malformed");
  return Date.parse(text);
}

const isCount = (value) => Number.isSafeInteger(value) && value > 0;
