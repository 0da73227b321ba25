// Say a sentence in the page's language. The sentences come with the page (door/text.yaml); none stands in a script.

let sentences = {};

const language = () => document.documentElement.lang;

export function learn(said) {
  sentences = said;
}

export function say(key, values = {}) {
  return filled(sentences[key], values);
}

/** Say a sentence in the form that goes with a number. */
export function sayCount(key, count) {
  const forms = sentences[key];
  return filled(forms[new Intl.PluralRules(language()).select(count)] || forms.other, { count: number(count) });
}

// Isolates keep a name or number in its own direction.
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name]}\u2069`);

/** Return a size, rounded up: what holds something is never 0. */
export const fileSize = (size) => (size < 1e5 ? `${tenths(size / 1e3)} kB` : `${tenths(size / 1e6)} MB`);

const tenths = (value) => number(Math.ceil(value * 10) / 10, 1);

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(language(), { maximumFractionDigits: digits, numberingSystem: "latn" }).format(value);

/**
 * Return a month such as 2026-03 as this language writes it, like the door (words/catalogue.py). Asked for both at once, a
 * browser may end the year in an abbreviation, whose full stop would meet that of the sentence.
 */
export function month(text) {
  const name = new Intl.DateTimeFormat(language(), { month: "long", timeZone: "UTC" }).format(new Date(text));
  return `${name} ${text.slice(0, 4)}`;
}
