// The labs: a tab for each. Beside it what else stands around the pictures: scenes.js, transport.js,
// view.js (the reader's own settings), present.js, and keys.js for all that has a key.

import { byId } from '../dom/element.js';
import { showLab } from '../opening/opening.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** @param {Page} page @returns {Part} */
export function labsPart(page) {
  byId('labs', HTMLElement).addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) page.act({ lab: { key: target.value } });
  });
  /** @param {Model} model */
  const show = ({ lab }) => showLab(lab);
  return { show };
}
