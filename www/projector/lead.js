// The lecturer's half: the button that opens the projector's window, or brings it to the front, and
// what that window is told once a frame.

import { byId, el } from '../dom/element.js';
import { forget, note } from '../dom/notes.js';
import { deskOf } from './desk.js';
import { claimPair, newPair, pairBefore } from './pair.js';
import { lessonKey } from '../opening/opening.js';
import { ASK_MS, channelOf, projectorAddress, SILENT_MS } from './projector.js';
import { ringOf } from './ring.js';

/** @import { Page, Part } from '../page.d.ts' */
/** @import { File, Here, Gone, Pressed, Shows } from './projector.js' */

/** What a note about the window is about. */
const WINDOW = 'projector';
/** While it is loaded anew it is not gone. */
const RELOAD_MS = 3000;
/** The parts of a link that say where the clock is. */
const CLOCK = ['step', 'line'];
/** The key that is held for the ring. */
const RING_KEY = 'r';

/**
 * @param {Page} page
 * @param {() => {notes: string, next: string}} scene
 * @param {(key: string) => File | null} file of a lesson that the other window may not have
 * @returns {Part & {hold: () => void, isThere: () => boolean, isBlack: () => boolean, blacken: (on?: boolean) => void}}
 */
export function leadPart(page, scene, file) {
  const { lab } = page;
  const root = document.documentElement;
  const button = byId('projector', HTMLButtonElement);
  const desk = deskOf(scene);
  let pair = '';
  /** @type {ReturnType<typeof channelOf>} */
  let channel = null;
  /** The window, as long as this page has opened it. @type {Window | null} */
  let opened = null;
  /** When the window was heard last. */
  let heard = -Infinity;
  /** When it said that it goes. */
  let leaves = Infinity;
  let isThere = false;
  let isBlack = false;
  /** Whether the clock ran when the screen was blackened. */
  let played = false;
  let told = '';
  let toldLink = '';
  let toldLesson = '';

  // The window from which this one was copied keeps its pair; until that is known nothing is told.
  const before = pairBefore();
  if (before) {
    button.disabled = true;
    claimPair(before, (isMine) => take(isMine ? before : newPair()));
  } else {
    take(newPair());
    claimPair(pair, () => {});
  }
  /** @param {string} name */
  function take(name) {
    if (name !== before && before) claimPair(name, () => {});
    channel?.close();
    setThere(false);
    pair = name;
    channel = channelOf(pair, hear);
    button.disabled = false;
  }

  const nameOf = () => `ravine-projector-${pair}`;
  button.addEventListener('click', () => {
    if (!channel) {
      note('This browser does not let two windows of the page talk to each other.');
      return;
    }
    // A name that is known already finds its window, and loads nothing there.
    const there = opened && !opened.closed ? opened : window.open('', nameOf(), 'popup,width=1280,height=720');
    if (!there) {
      offerLink();
      return;
    }
    opened = there;
    if (isBlank(there)) there.location.href = projectorAddress(pair, shortLink());
    there.focus();
    forget(WINDOW);
  });

  /** A link for whom the browser opens no window by itself. */
  function offerLink() {
    const link = el('a', { href: projectorAddress(pair, shortLink()), target: nameOf(), textContent: 'Open the projector window' });
    note('The browser did not let the page open a second window.', { about: WINDOW, stays: true })
      .querySelector('p')?.after(el('p', {}, [link]));
  }
  /** The window gets the rest when it asks: large data have no room in an address. */
  const shortLink = () => {
    const link = lab.link();
    return link.length > 2000 ? '' : link;
  };

  /** @param {Here | Gone | Pressed} said */
  function hear(said) {
    if (said.says === 'key') {
      // As if it had been pressed here.
      const { key, shiftKey } = said;
      const on = document.activeElement ?? document.body;
      on.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }));
      on.dispatchEvent(new KeyboardEvent('keyup', { key, shiftKey, bubbles: true }));
    } else if (said.says === 'gone') {
      leaves = performance.now();
    } else if (said.says === 'here') {
      heard = performance.now();
      leaves = Infinity;
      channel?.say({ says: 'yes' });
      setThere(true);
      if (said.asks) tell(true);
    }
  }

  /** @param {boolean} now */
  function setThere(now) {
    if (now === isThere) return;
    isThere = now;
    root.dataset.projected = now ? 'yes' : 'no';
    button.setAttribute('aria-pressed', String(now));
    if (now) forget(WINDOW);
    else blacken(false);
    desk.show(now);
    desk.update();
  }
  setInterval(() => {
    const now = performance.now();
    const isClosed = opened?.closed === true;
    if (isClosed) opened = null;
    if (isThere && (isClosed || now - leaves > RELOAD_MS || now - heard > SILENT_MS)) setThere(false);
  }, ASK_MS);

  /** What has changed since it was told, or all of it. @param {boolean} all */
  function tell(all) {
    const parts = lab.link().split('&');
    // A clock that waits for an answer does not say whether it would play: the link does.
    const waits = root.dataset.asks === 'open';
    const link = parts.filter((part) => waits || !CLOCK.some((key) => part.startsWith(`${key}=`))).join('&');
    const line = parts.find((part) => part.startsWith('line='))?.slice('line='.length) ?? '';
    const lesson = file(lessonIn(parts));
    /** @type {Shows} */
    const shows = {
      says: 'shows', lesson: lesson && (all || lesson.text !== toldLesson) ? lesson : null, link: all || link !== toldLink ? link : null, position: lab.position(), playing: lab.playing(), line, black: isBlack,
    };
    const now = JSON.stringify(shows);
    if (now === told && !all) return;
    channel?.say(shows);
    toldLink = link;
    toldLesson = lesson?.text ?? toldLesson;
    told = JSON.stringify({ ...shows, lesson: null, link: null });
  }

  /** While it is black the clock stands. @param {boolean} [on] */
  function blacken(on = !isBlack) {
    if (on === isBlack || (on && !isThere)) return;
    isBlack = on;
    root.dataset.projectedBlack = on ? 'yes' : 'no';
    if (on) {
      played = lab.playing();
      lab.pause();
    } else if (played) lab.play();
    page.moved();
  }

  const ring = ringOf(RING_KEY, (spot) => channel?.say({ says: 'ring', spot }));
  addEventListener('pagehide', () => channel?.say({ says: 'gone' }));
  addEventListener('pageshow', () => { told = ''; });

  return {
    show: () => desk.update(),
    advance() {
      if (isThere) tell(false);
    },
    hold: ring.hold,
    isThere: () => isThere,
    isBlack: () => isBlack,
    blacken,
  };
}

/** The key of the lesson in a link. @param {string[]} parts */
function lessonIn(parts) {
  const value = parts.find((part) => part.startsWith(`${lessonKey}=`))?.slice(lessonKey.length + 1);
  return value ? decodeURIComponent(value) : '';
}

/** Whether nothing was loaded there yet. @param {Window} there */
function isBlank(there) {
  try {
    return there.location.href === 'about:blank';
  } catch {
    // Another page is open there.
    return true;
  }
}
