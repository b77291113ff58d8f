// Undo and redo as buttons, for whoever does not know the keys.

import { byId } from '../dom/element.js';

/** @import { Part } from '../page.d.ts' */

/** @param {{go: (by: 1 | -1) => unknown, can: (by: 1 | -1) => boolean}} chronicle @returns {Part} */
export function undoPart(chronicle) {
  /** @type {[HTMLButtonElement, 1 | -1][]} */
  const buttons = [[byId('undo', HTMLButtonElement), -1], [byId('redo', HTMLButtonElement), 1]];
  for (const [button, by] of buttons) button.addEventListener('click', () => chronicle.go(by));

  function advance() {
    for (const [button, by] of buttons) button.disabled = !chronicle.can(by);
  }
  return { advance };
}
