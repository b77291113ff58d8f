// The start and the window as numbers: what the hand drags on the plot can be typed as well.

import { byId, setText } from '../dom/element.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

const box = (/** @type {string} */ id) => byId(id, HTMLInputElement);

/** @param {Page} page @returns {Part} */
export function placePart(page) {
  const fault = byId('place-fault', HTMLElement);
  const start = [box('start-x'), box('start-y')];
  const names = [...document.querySelectorAll('[data-axis]')].filter((name) => name instanceof HTMLElement);
  const edges = [box('window-left'), box('window-right'), box('window-bottom'), box('window-top')];
  listen('start', start);
  listen('window', edges);

  /**
   * @param {string} key of a list of numbers in a link
   * @param {HTMLInputElement[]} boxes
   */
  function listen(key, boxes) {
    for (const input of boxes) {
      input.addEventListener('change', () => {
        const problem = page.set(key, boxes.map(({ value }) => value).join());
        fault.textContent = problem?.message ?? '';
      });
    }
  }

  /** @param {Model} model */
  function show({ surface }) {
    for (const name of names) setText(name, surface.variables[Number(name.dataset.axis)] ?? '');
    fill(start, surface.start);
    fill(edges, surface.window);
  }
  return { show };
}

/**
 * @param {HTMLInputElement[]} boxes
 * @param {number[]} numbers
 */
function fill(boxes, numbers) {
  boxes.forEach((input, index) => {
    if (document.activeElement !== input) input.value = String(numbers[index]);
  });
}
