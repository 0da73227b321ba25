// Let the npm package `age-encryption` seal or open, so that ours can be compared with it.
// One JSON request a line on standard input, one JSON answer a line on standard output; bytes travel as base 64.

import * as age from "age-encryption";
import { createInterface } from "node:readline";

async function seal({ recipients, passphrase, data, armored }) {
  const encrypter = new age.Encrypter();
  for (const recipient of recipients ?? []) encrypter.addRecipient(recipient);
  if (passphrase) {
    encrypter.setScryptWorkFactor(10);
    encrypter.setPassphrase(passphrase);
  }
  const sealed = await encrypter.encrypt(Buffer.from(data, "base64"));
  return Buffer.from(armored ? age.armor.encode(sealed) : sealed).toString("base64");
}

async function open({ identity, passphrase, data, armored }) {
  const decrypter = new age.Decrypter();
  if (identity) decrypter.addIdentity(identity);
  if (passphrase) decrypter.addPassphrase(passphrase);
  const sealed = Buffer.from(data, "base64");
  const opened = await decrypter.decrypt(armored ? age.armor.decode(sealed.toString("ascii")) : sealed);
  return Buffer.from(opened).toString("base64");
}

const actions = { seal, open, recipient: ({ identity }) => age.identityToRecipient(identity) };

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  console.log(JSON.stringify(await actions[request.action](request)));
}
