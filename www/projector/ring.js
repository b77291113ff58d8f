// The pointer's ring: while its key is held it follows the pointer over the pictures, and stands in
// the projector's window at the same place of the same picture.

import { byId } from '../dom/element.js';

/** @typedef {{picture: string, x: number, y: number}} Spot of a picture, by its id, from 0 to 1 right and down */

/** What has a place that both windows show. */
const PICTURES = '.plot, .data-plot, .net-picture, .chart, .ball';

/** Puts the ring there, or takes it away. @param {Spot | null} spot */
export function showRing(spot) {
  const ring = byId('ring', HTMLElement);
  const picture = spot && document.getElementById(spot.picture);
  ring.hidden = !picture?.checkVisibility();
  if (!spot || !picture || ring.hidden) return;
  const { left, top, width, height } = picture.getBoundingClientRect();
  ring.style.left = `${left + spot.x * width}px`;
  ring.style.top = `${top + spot.y * height}px`;
}

/**
 * The ring under the hand.
 * @param {string} key that is held
 * @param {(spot: Spot | null) => void} moved is told where it is
 */
export function ringOf(key, moved) {
  let isHeld = false;
  /** Where the hand is. @type {{clientX: number, clientY: number} | null} */
  let hand = null;
  let was = '';

  function show() {
    const spot = isHeld ? spotOf(hand) : null;
    if (JSON.stringify(spot) === was) return;
    was = JSON.stringify(spot);
    showRing(spot);
    moved(spot);
  }
  addEventListener('pointermove', ({ clientX, clientY }) => {
    hand = { clientX, clientY };
    if (isHeld) show();
  }, { capture: true, passive: true });
  function letGo() {
    isHeld = false;
    show();
  }
  addEventListener('keyup', (event) => { if (event.key.toLowerCase() === key) letGo(); }, { capture: true });
  // A key that is let go of elsewhere is not heard of.
  addEventListener('blur', letGo);
  return {
    hold() {
      isHeld = true;
      show();
    },
  };
}

/** @param {{clientX: number, clientY: number} | null} hand @returns {Spot | null} */
function spotOf(hand) {
  if (!hand) return null;
  const picture = document.elementFromPoint(hand.clientX, hand.clientY)?.closest(PICTURES);
  if (!picture) return null;
  const { left, top, width, height } = picture.getBoundingClientRect();
  return { picture: picture.id, x: (hand.clientX - left) / width, y: (hand.clientY - top) / height };
}
