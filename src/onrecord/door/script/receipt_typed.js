// Read a receipt that somebody typed, however it is spaced or spelt in capitals (seal/receipt.py, `parse`).

import { checkDigits, entropyOf, words, WORDS } from "./receipt.js";
import { require } from "./refused.js";

/** Read nine words or three numbers, however they are spaced; refuse what does not fit together. */
export function parse(text) {
  const found = text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{Nl}\p{No}]+/gu);
  return found ? fromWords(found) : fromDigits(text);
}

function fromWords(found) {
  let number = 0n;
  for (const word of found.slice(0, 8)) {
    const place = WORDS.indexOf(word);
    require(place >= 0, "receipt");
    number = (number << 11n) | BigInt(place);
  }
  const entropy = entropyOf(number);
  require(words(entropy).join(" ") === found.join(" "), "receipt");
  return entropy;
}

function fromDigits(text) {
  // Digits of any script count, as do numbers whose leading zero a telephone dropped.
  let all = [...text].filter((character) => /\p{Nd}/u.test(character)).map(decimal).join("");
  if (all.length === 33) {
    const numbers = all.match(/.{11}/g);
    require(numbers.every((number) => number[0] === "0"), "receipt");
    all = numbers.map((number) => number.slice(1)).join("");
  }
  require(all.length === 30, "receipt");
  const number = BigInt(all.slice(0, 9) + all.slice(10, 19) + all.slice(20, 29));
  require(number >> 88n === 0n, "receipt");
  const entropy = entropyOf(number);
  require(checkDigits(entropy) === all[9] + all[19] + all[29], "receipt");
  return entropy;
}

function decimal(character) {
  // The ten digits of a script stand beside each other, zero first.
  const code = character.normalize("NFKC").codePointAt(0);
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
