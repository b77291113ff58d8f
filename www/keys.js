// The keys that work everywhere on the page. Those of the plots are in plot.js and data-plot.js; a
// focused slider, number, text or select keeps its own.

import { byId } from './element.js';

/**
 * @typedef {object} Actions
 * @property {() => void} toggle
 * @property {(by: 1 | -1) => void} step
 * @property {(by: 1 | -1) => void} line
 * @property {(end: 'start' | 'end') => void} to
 * @property {(by: 1 | -1) => void} turn
 * @property {(by: 1 | -1) => void} go
 * @property {() => void} fit
 * @property {(on?: boolean) => boolean} present
 */

/** @param {Actions} actions */
export function listenToKeys({ toggle, step, line, to, turn, go, fit, present }) {
  const help = byId('help', HTMLDialogElement);
  byId('help-open', HTMLButtonElement).addEventListener('click', () => help.showModal());

  /** @type {Record<string, () => unknown>} */
  const keys = {
    ' ': toggle,
    ',': () => step(-1),
    '.': () => step(1),
    '[': () => line(-1),
    ']': () => line(1),
    Home: () => to('start'),
    End: () => to('end'),
    PageUp: () => turn(-1),
    PageDown: () => turn(1),
    0: fit,
    f: fit,
    p: () => present(),
    '?': () => help.showModal(),
  };

  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    // On many keyboards AltGr makes the brackets, and some systems report it as Ctrl and Alt.
    const composed = event.getModifierState('AltGraph');
    if (event.defaultPrevented || (altKey && !composed) || document.querySelector('dialog[open]')) return;
    if ((ctrlKey || metaKey) && !composed) {
      const by = undoes(key, shiftKey);
      if (!by || typesText(target)) return;
      event.preventDefault();
      go(by);
      return;
    }
    if (key === 'Escape') {
      if (!document.querySelector(':popover-open') && !typesText(target)) present(false);
      return;
    }
    if (keepsKey(target, key)) return;
    const action = keys[key.length === 1 ? key.toLowerCase() : key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

/** @param {string} key @param {boolean} shift @returns {1 | -1 | 0} */
function undoes(key, shift) {
  if (key.toLowerCase() === 'z') return shift ? 1 : -1;
  return key.toLowerCase() === 'y' ? 1 : 0;
}

/** @param {EventTarget | null} target */
const typesText = (target) =>
  target instanceof HTMLInputElement && (target.type === 'text' || target.type === 'number');

/** @param {EventTarget | null} target @param {string} key */
function keepsKey(target, key) {
  if (typesText(target) || target instanceof HTMLSelectElement) return true;
  const moves = ['Home', 'End', 'PageUp', 'PageDown'].includes(key);
  // Among the cards these keys scroll.
  if (moves && target instanceof Element && target.closest('.side')) return true;
  if (target instanceof HTMLInputElement) return moves || (['checkbox', 'radio'].includes(target.type) && key === ' ');
  if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) return key === ' ';
  return false;
}
