// Share: the link to exactly this, copied.

import { byId, setText } from '../dom/element.js';
import { address } from './history.js';
import { LONGEST_ADDRESS } from './kept.js';
import { forget, isNoted, note } from '../dom/notes.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** What a note about a long link is about. */
const LENGTH = 'length';

/**
 * @param {Page} page
 * @param {() => {says: string, save: () => void} | null} ofLesson what is to be said of a lesson that no
 *   link leads to, and what can be sent in its place
 * @param {(link: string) => string} withoutPlace the experiment of a link
 * @returns {Part}
 */
export function sharePart(page, ofLesson, withoutPlace) {
  const dialog = byId('link', HTMLDialogElement);
  const fault = byId('link-fault', HTMLElement);
  const lesson = byId('link-lesson', HTMLElement);
  let tooLong = '';
  let isOpen = false;
  const text = byId('link-text', HTMLInputElement);
  byId('share', HTMLButtonElement).addEventListener('click', async () => {
    const own = ofLesson();
    const shown = page.lab.link();
    const link = new URL(address(own ? withoutPlace(shown) : shown), location.href).href;
    try {
      await navigator.clipboard.writeText(link);
      if (own) {
        note(['Link to this experiment copied.', own.says, ...(tooLong ? [tooLong] : [])], {
          stays: true, about: LENGTH, button: { label: 'Save the lesson…', press: own.save },
        });
      } else if (tooLong) note(['Link copied.', tooLong], { stays: true, about: LENGTH });
      else note('Link copied.');
    } catch {
      // Not allowed here (an embed, plain http): show it, selected.
      text.value = link;
      setText(lesson, own?.says ?? '');
      lesson.hidden = !own;
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
