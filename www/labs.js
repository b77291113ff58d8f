// The labs: a tab for each.

import { byId, el } from './element.js';

/** @import { Model } from './model.d.ts' */
/** @import { Page, Part } from './page.d.ts' */

/** @param {Page} page @returns {Part} */
export function labsPart(page) {
  const tabs = byId('labs', HTMLElement);
  const { labs } = page.catalog;
  tabs.replaceChildren(...labs.map(({ key, name }) => {
    const tab = el('button', { type: 'button', className: 'tab', textContent: name });
    tab.addEventListener('click', () => page.act({ do: 'lab', key }));
    return tab;
  }));

  /** @param {Model} model */
  function show({ lab }) {
    labs.forEach(({ key }, index) =>
      tabs.children[index]?.setAttribute('aria-current', key === lab ? 'page' : 'false'));
    document.documentElement.dataset.lab = lab;
  }
  return { show };
}
