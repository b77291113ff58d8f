// Selects as wide as what they say, where the browser cannot do that by itself (`field-sizing`): it
// makes each as wide as the longest of its options.

/** @import { Part } from '../page.d.ts' */

const knows = CSS.supports('field-sizing', 'content');
/** Room for its small triangle and its padding. */
const BESIDE_PX = 28;

/** @returns {Part} */
export function selectsPart() {
  if (knows) return {};
  const pen = document.createElement('canvas').getContext('2d');

  /** @param {HTMLSelectElement} select */
  function fit(select) {
    const words = select.selectedOptions[0]?.textContent ?? '';
    const { font } = getComputedStyle(select);
    if (!pen) return;
    pen.font = font;
    select.style.width = `${Math.ceil(pen.measureText(words).width) + BESIDE_PX}px`;
  }
  function fitAll() {
    for (const select of document.querySelectorAll('select')) {
      if (!select.closest('.chart-title')) fit(select);
    }
  }
  document.addEventListener('change', fitAll);
  return { show: fitAll };
}
