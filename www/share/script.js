// How a film is to be: how long, how smooth, how large, as `export` of the command line has it.

import { fromJson } from '../core/json.js';
import { byId, setText } from '../dom/element.js';

/** @import { Lab } from '../../core/ravine.js' */

/**
 * @typedef {object} Script
 * @property {number} seconds from the first step to the last
 * @property {number} rate frames a second
 * @property {number} scale pixels to one of CSS
 */

/** The last step is seen for so long, in seconds. */
export const END = 1;
/** As long as the clock takes, within these, where nobody says. As USUAL_LENGTHS of src/export/figure/film.rs. */
const USUAL = [2, 20];
/** What can be recorded, in seconds. */
const [SHORTEST, LONGEST] = [1, 600];

/** @param {Lab} lab */
export function scriptPart(lab) {
  const part = byId('film', HTMLElement);
  const seconds = byId('film-seconds', HTMLInputElement);
  const rate = byId('film-rate', HTMLSelectElement);
  const scale = byId('film-scale', HTMLSelectElement);
  const says = byId('film-says', HTMLElement);
  Object.assign(seconds, { min: String(SHORTEST), max: String(LONGEST), step: 'any' });
  // As sharp as the screen.
  scale.value = devicePixelRatio > 1 ? '2' : '1';
  let usual = 0;

  /** What was chosen; nothing where the length is none. @returns {Script | null} */
  function script() {
    const length = seconds.value === '' && !seconds.validity.badInput ? usual : seconds.valueAsNumber;
    if (!(length >= SHORTEST && length <= LONGEST)) return null;
    return { seconds: length, rate: Number(rate.value), scale: Number(scale.value) };
  }

  const fault = () => `A film lasts ${SHORTEST} to ${LONGEST} seconds.`;

  function tell() {
    const chosen = script();
    setText(says, chosen
      ? `With ${END} second at its end the film is ${tenths(chosen.seconds + END)} seconds long, and it takes so long to record: the page plays it. Keep this tab in view.`
      : fault());
  }
  for (const control of [seconds, rate, scale]) control.addEventListener('input', tell);

  return {
    script,
    fault,
    /** Shows it, or not. @param {boolean} is */
    offer(is) {
      part.hidden = !is;
      tell();
    },
    /** Another scene is to be filmed. @param {number} speed of its clock, in steps a second */
    ofScene(speed) {
      const [least = 0, most = 0] = USUAL;
      usual = tenths(Math.min(most, Math.max(least, fromJson(lab.live()).steps / speed)));
      seconds.value = String(usual);
      tell();
    },
  };
}

/** @param {number} value */
const tenths = (value) => Math.round(10 * value) / 10;
