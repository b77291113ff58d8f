// Present: large, in full screen where the browser allows it, and with a black screen.

import { byId } from '../dom/element.js';
import { followedPair } from '../opening/opening.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

export const PRESENT = 'present';

/**
 * @typedef {object} Presenter
 * @property {(on?: boolean) => boolean} present switches Present; tells whether that changed anything
 * @property {() => boolean} isOn
 * @property {(on?: boolean) => void} blacken
 * @property {() => boolean} isBlack
 */

/** @param {Page} page @returns {Part & Presenter & {fillAgain: () => void}} */
export function presentPart(page) {
  const { lab } = page;
  const root = document.documentElement;
  const button = byId('present', HTMLButtonElement);
  const full = byId('full-screen', HTMLButtonElement);
  const black = byId('black', HTMLElement);
  let presenting = false;
  /** Whether the clock ran when the screen was blackened. */
  let played = false;
  /** Full screen was left, but not Present: by the button, or because the page goes away. */
  let staysOn = false;

  /** @param {boolean} [on] */
  function present(on = !presenting) {
    if (on === presenting) return false;
    page.set(PRESENT, on ? 'yes' : 'no');
    presenting = on;
    if (on) enterFullScreen();
    else leaveFullScreen();
    return true;
  }
  button.addEventListener('click', () => present());

  /** A browser may refuse, and a frame may not be allowed to: then Present fills the window. */
  const enterFullScreen = () => void root.requestFullscreen?.().catch(() => {});
  function leaveFullScreen() {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
  }
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener('click', () => {
    if (!document.fullscreenElement) {
      enterFullScreen();
      return;
    }
    staysOn = true;
    leaveFullScreen();
  });
  // In full screen the browser keeps Escape for itself, so that the page hears only of its effect.
  document.addEventListener('fullscreenchange', () => {
    // The projector's window presents in any size.
    if (followedPair !== null) return;
    const isFull = document.fullscreenElement !== null;
    full.setAttribute('aria-pressed', String(isFull));
    if (!isFull && !staysOn) present(false);
    staysOn = false;
  });

  /** While it is black the clock stands. @param {boolean} [on] */
  function blacken(on = black.hidden === true) {
    if (on === !black.hidden || (on && !presenting)) return;
    black.hidden = !on;
    if (on) {
      played = lab.playing();
      lab.pause();
    } else if (played) {
      lab.play();
    }
    page.moved();
  }
  black.addEventListener('pointerdown', () => blacken(false));

  // Full screen ends with the page, and Present goes on after a reload.
  addEventListener('pagehide', () => { staysOn = true; });

  /** After a reload only a key or a click can ask for full screen again. */
  function fillAgain() {
    const again = () => {
      removeEventListener('keydown', again, { capture: true });
      removeEventListener('pointerdown', again, { capture: true });
      if (presenting) enterFullScreen();
    };
    addEventListener('keydown', again, { capture: true });
    addEventListener('pointerdown', again, { capture: true });
  }

  /** @param {Model} model */
  function show({ settings }) {
    presenting = settings.some(({ key, value }) => key === PRESENT && value === 1);
    root.dataset.present = presenting ? 'yes' : 'no';
    button.setAttribute('aria-pressed', String(presenting));
    if (!presenting) blacken(false);
  }
  return { show, present, blacken, fillAgain, isOn: () => presenting, isBlack: () => !black.hidden };
}
