// Write a value as the one sequence of bytes that everybody else would write too (ground/canon.py; RFC 8785, narrowed).

import { fromUtf8, utf8 } from "./bytes.js";
import { require } from "./refused.js";

export function canonical(value) {
  return utf8(written(value));
}

/** Return the value of canonical bytes; refuse every other spelling of it. */
export function parseCanonical(data) {
  let text, value;
  try {
    text = fromUtf8(data);
    value = JSON.parse(text);
  } catch {
    require(false, "malformed");
  }
  require(written(value) === text, "malformed");
  return value;
}

function written(value) {
  if (typeof value === "string") {
    // A name in another normal form would sign as a different name; half a character has no bytes at all.
    require(value === value.normalize("NFC") && !/\p{Cs}/u.test(value), "malformed");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(written).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    require(keys.every((key) => /^[\0-\x7f]*$/.test(key)), "malformed");
    return `{${keys.map((key) => `${JSON.stringify(key)}:${written(value[key])}`).join(",")}}`;
  }
  require(value === null || typeof value === "boolean" || Number.isSafeInteger(value), "malformed");
  return String(value);
}
