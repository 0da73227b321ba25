// Turn text and numbers into bytes and back: UTF-8, hexadecimal, base 64.

const encoder = new TextEncoder();

export const utf8 = (text) => encoder.encode(text);
export const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
export const ascii = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
export const base64 = (bytes) => btoa(ascii(bytes));
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}
