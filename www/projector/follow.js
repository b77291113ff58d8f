// The projector's half: it asks until the lecturer's window answers, and shows what that says.

import { byId, setText } from '../dom/element.js';
import { ASK_MS, channelOf, SILENT_MS } from './projector.js';
import { showRing } from './ring.js';

/** @import { Lab } from '../../core/ravine.js' */
/** @import { Gone, Ring, Shows, Yes } from './projector.js' */

/** What is shown as before a class, whatever the lecturer's own window looks like. */
const PRESENT = 'present';
const LINE = 'line';
/** What a hand could change. */
const HANDLED = '.head > :not(h1), .stage > *, .side > *, .scene > :not(.caption), .transport, .sheet, .skip';
/** Keys that the browser's window needs itself. */
const OWN_KEYS = ['Escape', 'Tab', 'F5', 'F11', 'F12'];

/**
 * @param {Lab} lab
 * @param {string} pair
 * @param {{refresh: () => void, wake: () => void}} loop
 * @param {(key: string, text: string) => void} take a lesson that this window may not have
 */
export function follow(lab, pair, loop, take) {
  const state = byId('projector-state', HTMLElement);
  const black = byId('black', HTMLElement);
  /** When the lecturer's window was heard last; at first it has as long. */
  let heard = performance.now();
  /** Whether all that the lecturer's window shows was told. */
  let isTold = false;
  let link = lab.link();

  lab.set(PRESENT, 'yes');
  lab.pause();
  // The hand is the lecturer's: here it only asks for the full screen.
  for (const part of document.querySelectorAll(HANDLED)) if (part instanceof HTMLElement) part.inert = true;
  document.addEventListener('click', () => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    else void document.documentElement.requestFullscreen?.().catch(() => {});
  });

  /** @param {Gone | Yes | Shows | Ring} said */
  function hear(said) {
    heard = performance.now();
    if (said.says === 'gone') {
      isTold = false;
      ask();
    }
    if (said.says === 'ring') showRing(said.spot);
    if (said.says === 'shows') show(said);
    if (!isTold) showRing(null);
    tell();
  }

  /** @param {Shows} said */
  function show(said) {
    isTold ||= said.link !== null;
    if (!isTold) return;
    if (said.lesson) take(said.lesson.key, said.lesson.text);
    if (said.link !== null && said.link !== link) {
      link = said.link;
      lab.open(link);
      lab.set(PRESENT, 'yes');
      loop.refresh();
    }
    lab.follow(said.position, said.playing);
    if (said.line) lab.set(LINE, said.line);
    black.hidden = !said.black;
    loop.wake();
  }

  const isHeard = () => performance.now() - heard < SILENT_MS;
  function tell() {
    setText(state, channel === null
      ? 'This browser does not let two windows of the page talk to each other.'
      : isHeard() ? '' : 'No answer from the lecturer’s window: it is closed, or another page is open there.');
  }
  const channel = channelOf(pair, hear);
  function ask() {
    if (!isHeard()) isTold = false;
    channel?.say({ says: 'here', asks: !isTold });
    tell();
  }
  ask();
  setInterval(ask, ASK_MS);
  addEventListener('pagehide', () => channel?.say({ says: 'gone' }));
  addEventListener('pageshow', ask);
  // A clicker speaks to the window that was clicked last.
  addEventListener('keydown', (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || OWN_KEYS.includes(key)) return;
    event.preventDefault();
    channel?.say({ says: 'key', key, shiftKey });
  });
}
