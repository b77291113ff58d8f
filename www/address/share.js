// Share: the link to exactly this, copied.

import { byId, setText } from '../dom/element.js';
import { address } from './history.js';
import { LONGEST_ADDRESS } from './kept.js';
import { forget, isNoted, note } from '../dom/notes.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** What a note about a long link is about. */
const LENGTH = 'length';

/** @param {Page} page @returns {Part} */
export function sharePart(page) {
  const dialog = byId('link', HTMLDialogElement);
  const fault = byId('link-fault', HTMLElement);
  let tooLong = '';
  let isOpen = false;
  const text = byId('link-text', HTMLInputElement);
  byId('share', HTMLButtonElement).addEventListener('click', async () => {
    const link = new URL(address(page.lab.link()), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      if (tooLong) note(['Link copied.', tooLong], { stays: true, about: LENGTH });
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
    const was = tooLong;
    tooLong = data?.tooLong ?? '';
    if (tooLong && page.lab.link().length > LONGEST_ADDRESS) {
      tooLong += ' The address of this page leaves the data out: only this browser tab has them.';
    }
    // Said when such data are taken, too; not of a link that was opened with them. What is no longer
    // true of the data is said no longer.
    if (tooLong && isOpen && (!was || (tooLong !== was && isNoted(LENGTH)))) note(tooLong, { stays: true, about: LENGTH });
    else if (!tooLong) forget(LENGTH);
    isOpen = true;
    setText(fault, tooLong);
    fault.hidden = !tooLong;
  }
  return { show };
}
