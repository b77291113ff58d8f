// The deck below the plots: the data, and beside them what the deck's setting chooses. Beside it:
// code.js, the pseudo code.

import { byId, el } from '../dom/element.js';

/** @import { Dial, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/**
 * The setting that chooses a panel of the deck: that of its value is #deck-code or #deck-ball, in
 * the Network lab #net-passes, #net-weights or #net-surface.
 */
export const DECK = 'deck';
export const DECK_SETTINGS = [DECK];

/** @param {Page} page @returns {Part} */
export function deckPart(page) {
  const deck = byId('deck', HTMLElement);
  const lineKeys = byId('line-keys', HTMLElement);

  /** @param {Model} model */
  function show({ data, net, settings }) {
    deck.hidden = !data || !!net;
    document.documentElement.dataset.deck = data ? 'yes' : 'no';
    const dial = settings.find(({ key }) => key === DECK);
    if (data && dial) choose(dial, net ? 'net' : 'deck');
    lineKeys.hidden = byId('deck-code', HTMLElement).hidden;
  }

  /** @param {Dial} dial @param {string} before what the ids begin with */
  function choose({ key: setting, text, choices }, before) {
    const chips = byId(`${before}-chips`, HTMLElement);
    if (chips.children.length !== choices.length) {
      chips.replaceChildren(...choices.map(({ key, label }) => {
        const chip = el('button', { type: 'button', className: 'chip', textContent: label });
        chip.addEventListener('click', () => page.set(setting, key));
        return chip;
      }));
    }
    choices.forEach(({ key }, index) => {
      chips.children[index]?.setAttribute('aria-pressed', String(key === text));
      byId(`${before}-${key}`, HTMLElement).hidden = key !== text;
    });
  }
  return { show };
}
