// Share: the link to exactly this, copied.

import { byId } from './element.js';
import { address } from './history.js';
import { note } from './notes.js';

/** @import { Page } from './model.js' */

/** @param {Page} page */
export function shareButton(page) {
  const dialog = byId('link', HTMLDialogElement);
  const text = byId('link-text', HTMLInputElement);
  byId('share', HTMLButtonElement).addEventListener('click', async () => {
    const link = new URL(address(page.lab.link()), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      note('The link to exactly this is copied.');
    } catch {
      // Not allowed here (an embed, plain http): show it, selected.
      text.value = link;
      dialog.showModal();
      text.select();
    }
  });
}
