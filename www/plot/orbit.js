// A hill in the hand: it is turned by a drag, two fingers and the arrow keys, and zoomed.

import { ARROWS, handOn, keysOn } from '../core/pointer.js';

/** @import { Page } from '../page.d.ts' */
/** @import { Point } from '../core/pointer.js' */

/** What an arrow key turns a hill by, as if it were dragged so far; three times as far with Shift. */
const KEY_TURN_PX = 12.5;
const KEY_ZOOM = 1.25;
const ZOOM_PER_WHEEL_PX = 0.0015;

/** What a screen reader hears of a hill. */
export const ON_HILL = 'Loss surface in three dimensions, with the runs\' paths. '
  + 'Arrow keys turn it, plus and minus go nearer and farther.';

/**
 * @param {Page} page
 * @param {string} picture what the core calls the hill
 */
export function orbitOf(page, picture) {
  const { lab } = page;
  return {
    /** What changes while the hand is down is one change. @param {Point} by @param {number} [factor] */
    drag(by, factor = 1) {
      lab.orbit(picture, ...by);
      if (factor !== 1) lab.approach(picture, factor);
      page.turned();
    },
    /** @param {number} factor */
    approach(factor) {
      lab.approach(picture, factor);
      page.edited();
    },
    /** @param {KeyboardEvent} event @returns {boolean} whether the key is the hill's */
    press({ key, shiftKey }) {
      const arrow = ARROWS[key];
      const far = shiftKey ? KEY_TURN_PX * 3 : KEY_TURN_PX;
      if (arrow) lab.orbit(picture, arrow[0] * far, arrow[1] * far);
      else if (key === '+' || key === '=') lab.approach(picture, KEY_ZOOM);
      else if (key === '-' || key === '−') lab.approach(picture, 1 / KEY_ZOOM);
      else return false;
      page.edited();
      return true;
    },
  };
}

/**
 * Listens to the hand on a picture that may be a hill, and is nothing to be held else.
 * @param {Page} page
 * @param {HTMLElement} box
 * @param {string} picture what the core calls it
 * @param {() => boolean} isHill
 */
export function turnedByHand(page, box, picture, isHill) {
  const orbit = orbitOf(page, picture);
  handOn(box, {
    hover() {},
    leave() {},
    fingers: () => 2,
    press: () => (isHill() ? 'orbit' : null),
    drag: ({ by }) => orbit.drag(by),
    pinch: (_, by, factor) => orbit.drag(by, factor),
    release: () => page.edited(),
    holds: isHill,
  });
  box.addEventListener('wheel', (event) => {
    if (!isHill()) return;
    event.preventDefault();
    orbit.approach(Math.exp(-event.deltaY * ZOOM_PER_WHEEL_PX));
  }, { passive: false });
  keysOn(box, (event) => isHill() && orbit.press(event));
}
