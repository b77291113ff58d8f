// Share: the link to exactly this, copied.

import { byId, setText } from './element.js';
import { address } from './history.js';
import { note } from './notes.js';

/** @import { Model, Page, Part } from './model.js' */

/** @param {Page} page @returns {Part} */
export function sharePart(page) {
  const dialog = byId('link', HTMLDialogElement);
  const fault = byId('link-fault', HTMLElement);
  let tooLong = '';
  const text = byId('link-text', HTMLInputElement);
  byId('share', HTMLButtonElement).addEventListener('click', async () => {
    const link = new URL(address(page.lab.link()), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      if (tooLong) note(['Link copied.', tooLong], { stays: true });
      else note('Link copied.');
    } catch {
      // Not allowed here (an embed, plain http): show it, selected.
      text.value = link;
      dialog.showModal();
      text.select();
    }
  });

  /** @param {Model} model */
  function show({ data }) {
    tooLong = data?.tooLong ?? '';
    setText(fault, tooLong);
    fault.hidden = !tooLong;
  }
  return { show };
}
