// What stops a letter, as a code: the page finds the sentence for it in its own language (templates/script.html).

export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export function require(isTrue, code) {
  if (!isTrue) throw new Refused(code);
}
