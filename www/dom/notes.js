// What the page says: notes that are seen and heard, and words that are only heard.

import { byId, el, setText } from './element.js';
import { copyOf } from './template.js';

/** @import { Part } from '../page.d.ts' */

const NOTE_MS = 5000;

/** The notes that are shown, by what they are about. @type {Map<string, HTMLElement>} */
const shown = new Map();

/**
 * A line that goes away by itself, or stays until it is closed. A further one about the same takes
 * its place.
 * @param {string | string[]} text several: a list
 * @param {{stays?: boolean, about?: string, button?: {label: string, press: () => void}}} [how]
 */
export function note(text, { stays = false, about = '', button } = {}) {
  const lines = typeof text === 'string' ? [text] : text;
  const { element, part } = copyOf('note-template');
  part('lines', HTMLElement).append(...lines.map((line) => el('p', { textContent: line })));
  if (button) {
    const chip = el('button', { className: 'chip', type: 'button', textContent: button.label });
    chip.addEventListener('click', button.press);
    part('lines', HTMLElement).append(chip);
  }
  const away = () => {
    element.remove();
    if (shown.get(about) === element) shown.delete(about);
  };
  part('close', HTMLButtonElement).addEventListener('click', away);
  forget(about);
  shown.set(about, element);
  byId('notes', HTMLElement).append(element);
  if (!stays) setTimeout(away, NOTE_MS);
  return element;
}

/** What a note is about is no more. @param {string} about */
export function forget(about) {
  shown.get(about)?.remove();
  shown.delete(about);
}

/** Whether a note about it is still there. @param {string} about */
export const isNoted = (about) => shown.has(about);

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
