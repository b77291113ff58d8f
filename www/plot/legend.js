// The legend: what the marks in the pictures at hand mean. The core says which there are, and draws
// each by the function that draws it in the pictures.

import { byId, el } from '../dom/element.js';
import { fromJson } from '../core/json.js';
import { sheetOf } from '../dom/sheet.js';

/** @import { Page } from '../page.d.ts' */

/** @param {Page} page */
export function legendOf({ lab }) {
  const sheet = byId('legend', HTMLElement);
  const title = el('h2', { textContent: 'Legend' });

  sheetOf(sheet, () => {
    const words = fromJson(lab.legend());
    const rows = words.map((text) => ({ canvas: el('canvas'), text }));
    sheet.replaceChildren(title, el('dl', {}, rows.flatMap(({ canvas, text }) => [
      el('dt', {}, [canvas]), el('dd', { textContent: text }),
    ])));
    lab.draw_legend(rows.map(({ canvas }) => canvas), devicePixelRatio);
    sheet.tabIndex = -1;
  });
}
