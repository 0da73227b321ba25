// The cards of a page of the door. What looks into files is fetched only when somebody chooses one.

import { showLooks } from "./looks.js";

const LOOKS = "/looks.js";

/** Show cards below a form's box for files; "describe it instead" leads to the field named. */
export function looksOf(form, describedIn) {
  const input = form.querySelector("input[name=files]");
  if (!input) return { files: async () => [], undecided: () => [] };
  const look = async (file) => (await import(LOOKS)).look(file);
  return showLooks(input, form.querySelector("[data-looks]"), look, () => form.querySelector(`[name=${describedIn}]`).focus());
}
