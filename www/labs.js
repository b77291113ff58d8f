// The labs: a tab for each.

import { byId } from './element.js';
import { showLab } from './opening.js';

/** @import { Model } from './model.d.ts' */
/** @import { Page, Part } from './page.d.ts' */

/** @param {Page} page @returns {Part} */
export function labsPart(page) {
  byId('labs', HTMLElement).addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) page.act({ do: 'lab', key: target.value });
  });
  /** @param {Model} model */
  const show = ({ lab }) => showLab(lab);
  return { show };
}
