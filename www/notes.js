// What the page says: notes that are seen and heard, and words that are only heard.

import { byId, el, icon, setText } from './element.js';

/** @import { Part } from './model.js' */

const NOTE_MS = 5000;

/**
 * A line that goes away by itself, or stays until it is closed.
 * @param {string | string[]} text several: a list
 * @param {{stays?: boolean}} [how]
 */
export function note(text, { stays = false } = {}) {
  const notes = byId('notes', HTMLElement);
  const lines = typeof text === 'string' ? [text] : text;
  const close = el('button', { className: 'bare icon', type: 'button' }, [icon('close')]);
  close.setAttribute('aria-label', 'Close');
  const element = el('div', { className: 'note' }, [
    el('div', {}, lines.map((line) => el('p', { textContent: line }))), close,
  ]);
  const away = () => element.remove();
  close.addEventListener('click', away);
  notes.replaceChildren(element);
  if (!stays) setTimeout(away, NOTE_MS);
}

/** Words that only a screen reader hears. @param {string} text */
export const speak = (text) => setText(byId('spoken', HTMLElement), text);

/** A screen reader hears where the clock stands whenever it stands still. @returns {Part} */
export function spokenPart() {
  let said = '';
  return {
    advance({ playing, step, steps, place }) {
      const words = `Step ${step} of ${steps}`;
      if (playing || words === said) return;
      said = words;
      // Where that is in an epoch changes with the data as well, of which other words are said.
      speak(`${words}${place && `, ${place}`}.`);
    },
  };
}
