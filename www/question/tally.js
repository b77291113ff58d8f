// How the questions of a lesson were answered: on its last scene, and kept nowhere else.

import { byId, el, setText, typeset } from '../dom/element.js';
import { sheetOf } from '../dom/sheet.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** What stands before a guess, and what is heard of it. */
const RIGHT = ['✓', 'right'];
const WRONG = ['✗', 'not right'];
const NONE = ['–', 'no guess'];

/** @param {Page} page @returns {Part} */
export function tallyPart(page) {
  const open = byId('tally-open', HTMLButtonElement);
  const sheet = byId('tally', HTMLElement);
  sheetOf(sheet);
  let shown = '';

  /** @param {Model} model */
  function show({ tally, lesson }) {
    open.hidden = !tally?.rows.length;
    const now = JSON.stringify(tally);
    if (!tally || !lesson || now === shown) return;
    shown = now;
    setText(open, tally.title);
    sheet.replaceChildren(el('p', { className: 'muted' }, typeset(tally.says)), ...tally.rows.map(({ scene, title, says, isClose }) => {
      const [mark, words] = isClose === null ? NONE : isClose ? RIGHT : WRONG;
      const row = el('button', { type: 'button' }, [
        el('b', {}, [
          el('span', { className: 'tally-mark', textContent: mark ?? '', ariaHidden: 'true' }),
          el('span', { className: 'unseen', textContent: `${words}: ` }),
          `${scene + 1}. ${title}`,
        ]),
        el('span', { className: 'muted' }, typeset(says)),
      ]);
      row.addEventListener('click', () => {
        sheet.hidePopover();
        page.act({ lesson: { key: lesson.key, scene } });
      });
      return row;
    }));
  }
  return { show };
}
