// Keys of a single character: who speaks to the computer, or whose hand slips, may turn them off
// (WCAG 2.1.4). The choice is the browser's, or the session's where nothing may be stored.

import { byId } from '../dom/element.js';

/** The name in the browser's storage, and what is stored of keys that are off. */
const [KEYS, OFF] = ['ravine.keys', 'off'];

/** @returns {() => boolean} whether they act */
export function singleKeys() {
  const box = byId('single-keys', HTMLInputElement);
  box.checked = !wereOff();
  box.addEventListener('change', () => {
    try {
      if (box.checked) localStorage.removeItem(KEYS);
      else localStorage.setItem(KEYS, OFF);
    } catch {
      // For as long as the page is open, then.
    }
  });
  return () => box.checked;
}

function wereOff() {
  try {
    return localStorage.getItem(KEYS) === OFF;
  } catch {
    return false;
  }
}
