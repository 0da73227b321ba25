// Send a page as it is sent without a script, sealed on arrival, with the files that were chosen to go and no other.

import { element } from "./element.js";

/** Return these files as a box for files can hold them, or null where a browser lets no page fill one. */
export function fileList(files) {
  try {
    const held = new DataTransfer();
    for (const { name, blob } of files) held.items.add(new File([blob], name));
    const box = element("input", { type: "file", multiple: true });
    box.files = held.files;
    return box.files.length === files.length ? held.files : null;
  } catch {
    return null;
  }
}

/** Press a button of a form while its box for files holds these, or, for null, is left out. */
export function press(button, form, list) {
  const box = form.querySelector("input[name=files]");
  if (!box) return button.click();
  const before = box.files;
  if (list) box.files = list;
  else box.disabled = true;
  // What a form sends is gathered before this returns.
  button.click();
  box.disabled = false;
  if (list) box.files = before;
}
