// Sign and check what stands inside a seal: a reporter's later letters and the desk's replies (seal/letter/signed.py).

import { ed25519 } from "@noble/curves/ed25519.js";
import { joined, utf8 } from "./bytes.js";
import { canonical } from "./canon.js";

export const LETTER = "onrecord-letter/v1\n";
export const REPLY = "onrecord-reply/v1\n";

export const signedBytes = (domain, statement) => joined(utf8(domain), canonical(statement));

export function sign(domain, statement, secret) {
  return ed25519.sign(signedBytes(domain, statement), secret);
}

export function isSigned(domain, statement, signature, key) {
  try {
    // Strictly as RFC 8032 says, so that one signature has one spelling.
    return ed25519.verify(signature, signedBytes(domain, statement), key, { zip215: false });
  } catch {
    return false;
  }
}
