// The deck below the plots: the data, and beside them what the deck's setting chooses.

import { byId, el } from './element.js';

/** @import { Dial, Model, Page, Part } from './model.js' */

/** The setting that chooses a panel of the deck: that of its value is #deck-code or #deck-ball. */
const DECK = 'deck';
export const DECK_SETTINGS = [DECK];

/** @param {Page} page @returns {Part} */
export function deckPart(page) {
  const deck = byId('deck', HTMLElement);
  const chips = byId('deck-chips', HTMLElement);
  const lineKeys = byId('line-keys', HTMLElement);

  /** @param {Model} model */
  function show({ data, settings }) {
    deck.hidden = !data;
    document.documentElement.dataset.deck = data ? 'yes' : 'no';
    const dial = settings.find(({ key }) => key === DECK);
    if (data && dial) choose(dial);
  }

  /** @param {Dial} dial */
  function choose({ key: setting, text, choices = [] }) {
    if (chips.children.length !== choices.length) {
      chips.replaceChildren(...choices.map(({ key, label }) => {
        const chip = el('button', { type: 'button', className: 'chip', textContent: label });
        chip.addEventListener('click', () => page.set(setting, key));
        return chip;
      }));
    }
    choices.forEach(({ key }, index) => {
      chips.children[index]?.setAttribute('aria-pressed', String(key === text));
      byId(`deck-${key}`, HTMLElement).hidden = key !== text;
    });
    lineKeys.hidden = byId('deck-code', HTMLElement).hidden;
  }
  return { show };
}
