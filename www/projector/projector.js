// The projector's window: a second window of the page, which shows the stage alone and follows the
// lecturer's. The two talk by a BroadcastChannel, with no server between; the name of the channel is
// the pair's, and stands in the address of the projector's window, so that pairs do not hear each
// other. Pages without an origin, as from a disk, share no channel: there a window and the one that
// opened it talk to each other. Beside it: pair.js, the pair's name; lead.js, the lecturer's half; follow.js, the
// projector's; desk.js, what the lecturer alone sees; ring.js, the pointer's ring in both.
//
// What is told is the link, the place of the clock and the ring. The projector's window computes all
// that it shows by itself: the core is deterministic, so it is the same to the bit.

import { PROJECTOR } from '../opening/opening.js';

/** @import { Spot } from './ring.js' */

/**
 * What one window tells the other.
 * @typedef {{says: 'here', asks: boolean}} Here the projector's window is there, and asks for all
 * @typedef {{says: 'gone'}} Gone a window is closed, or loaded anew
 * @typedef {{says: 'key', key: string, shiftKey: boolean}} Pressed a key was pressed before the projector
 * @typedef {{says: 'yes'}} Yes the lecturer's window is there
 * @typedef {{says: 'shows', lesson: File | null, link: string | null, position: number, playing: boolean, line: string, black: boolean}} Shows
 *   `lesson`, which is not built in, and `link` are `null` where they are as they were
 * @typedef {{key: string, text: string}} File of a lesson
 * @typedef {{says: 'ring', spot: Spot | null}} Ring
 */

/** So often the projector's window says that it is there. */
export const ASK_MS = 500;
/** One that has not been heard for so long is not there. */
export const SILENT_MS = 4000;

/** The address of a pair's projector. @param {string} pair @param {string} link */
export const projectorAddress = (pair, link) => `${location.pathname}?${PROJECTOR}=${pair}${link && `#${link}`}`;

/**
 * Where the windows of a pair talk, or nothing where the browser does not let them.
 * @param {string} pair
 * @param {(said: any) => void} hear
 * @returns {{say: (said: Here | Gone | Pressed | Yes | Shows | Ring) => void, close: () => void} | null}
 */
export function channelOf(pair, hear) {
  if (self.origin === 'null') return windowsOf(pair, hear);
  try {
    const channel = new BroadcastChannel(`ravine.projector.${pair}`);
    channel.onmessage = ({ data }) => hear(data);
    return { say: (said) => channel.postMessage(said), close: () => channel.close() };
  } catch {
    return null;
  }
}

/**
 * The same by messages from window to window. The projector's begins, for it knows who has opened it.
 * @type {typeof channelOf}
 */
function windowsOf(pair, hear) {
  /** @type {MessageEventSource | null} */
  let other = window.opener;
  /** @param {MessageEvent<{pair?: string, said?: unknown} | null>} event */
  const listen = ({ data, source }) => {
    if (data?.pair !== pair) return;
    // One that is being left is nobody already, and comes back.
    other = source ?? other;
    hear(data.said);
  };
  addEventListener('message', listen);
  return {
    say: (said) => other?.postMessage({ pair, said }, { targetOrigin: '*' }),
    close: () => removeEventListener('message', listen),
  };
}
