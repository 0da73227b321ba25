// Keep what somebody typed as the desk can read it, and show a name with nothing hidden (door/form.py, ground/text.py).

// Line ends and tabs belong to a text. Every other control character is drawn as nothing, and a desk refuses some.
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
// What no reader sees, and letters that are drawn as nothing.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0]/gu;
const SHOWN = /[\n\t\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;

/** Return what was typed as a letter keeps it: one kind of line end, one normal form, control characters written out. */
export function kept(typed) {
  // Half a character has no bytes; a form without a script sends this sign for it too.
  const whole = typed.replace(/\r\n/g, "\n").replace(/\p{Cs}/gu, "\ufffd");
  return whole.normalize("NFC").replace(CONTROL, writtenOut);
}

/** Return a text with every hidden character written out, as [U+202E]. */
export function visible(text) {
  return text.replace(/\r\n/g, "\n").replace(HIDDEN, (character) => (SHOWN.test(character) ? character : writtenOut(character)));
}

const writtenOut = (character) => `[U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
