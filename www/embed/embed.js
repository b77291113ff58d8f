// The page within another page, a slide or a text: it plays while it is in view, takes wheel and fingers
// only after a click, gives the keys back that it has no use for, and talks to the page around it. That
// says and hears objects, of which `ravine` says what they are:
//
//   said    { ravine: 'ready' }                       the page listens from now on
//           { ravine: 'state', link, position, playing, goesOn }
//                                                     what is shown, whenever that is another, and when asked for;
//                                                     `goesOn` where only the clock is further on than before
//           { ravine: 'fault', link, message }        why a link that was heard is not shown
//           { ravine: 'next' }, { ravine: 'prev' }    a key, or a wish to go on, that leads beyond its own scenes
//           { ravine: 'escape' }                      the focus is given back
//   heard   { ravine: 'next' }, { ravine: 'prev' }    the next scene, where there is one
//           { ravine: 'play' }, { ravine: 'pause' }
//           { ravine: 'link', link }                  opens it
//           { ravine: 'state' }                       asks for the state
//           { ravine: 'state', link, position, playing }
//                                                     shows that: so copies of a slide are kept in step, each by
//                                                     what the others say
//
// To reveal.js, whose slides turn by messages of its own, 'next' and 'prev' are said in its words as well.

import { byId } from '../dom/element.js';

/** @import { Lab } from '../../core/ravine.js' */
/** @import { LinkFault, Live } from '../model.d.ts' */
/** @import { Part } from '../page.d.ts' */

/** @typedef {{link: string, position: number, playing: boolean}} State */

/** A state is said so often at most, in milliseconds … */
const SAY_MS = 200;
/** … and so long it takes at most until all copies have heard it. */
const FRESH_MS = 500;
/** Which keys go on, where nothing here takes them. @type {Record<string, 1 | -1>} */
const KEYS = { PageDown: 1, ArrowRight: 1, ArrowDown: 1, PageUp: -1, ArrowLeft: -1, ArrowUp: -1 };
/** What takes arrow keys itself. */
const TAKES_ARROWS = 'input, select, textarea, [role="application"], [role="slider"], [role="group"], [popover]';

/**
 * @param {Lab} lab
 * @param {object} page
 * @param {() => void} page.wake is told when the clock is elsewhere
 * @param {(link: string) => void} page.open another experiment
 * @param {(link: string) => LinkFault[]} page.faultsOf a link that is not opened
 * @param {(by: 1 | -1) => boolean} page.turn to another scene; tells whether there was one
 * @returns {Part & {turn: (by: 1 | -1) => void}}
 */
export function embedPart(lab, { wake, open, faultsOf, turn: turned }) {
  const root = document.documentElement;
  const around = parent === self ? null : parent;
  /** @param {unknown} words */
  const say = (words) => around?.postMessage(words, '*');

  /** Awake, it takes wheel and fingers. @param {boolean} is */
  function wakeUp(is) {
    root.dataset.awake = is ? 'yes' : 'no';
  }
  wakeUp(!around);
  // A finger that comes down may be about to scroll.
  addEventListener('pointerdown', ({ pointerType }) => { if (pointerType !== 'touch') wakeUp(true); }, { capture: true });
  addEventListener('click', () => wakeUp(true), { capture: true });
  addEventListener('blur', () => wakeUp(!around));
  addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key !== 'Escape' || defaultPrevented || !around || document.querySelector('dialog[open], :popover-open')) return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    wakeUp(false);
    say({ ravine: 'escape' });
    around.focus();
  });

  /** @returns {State} */
  const state = () => ({ link: lab.link(), position: lab.position(), playing: lab.playing() });
  /** Whether it is to play as soon as it is in view. */
  let waits = lab.playing();
  let isSeen = false;
  lab.pause();
  /** Out of view it stands until it is seen. */
  function rest() {
    waits = lab.playing();
    lab.pause();
  }
  new IntersectionObserver((entries) => {
    const { isIntersecting = false, intersectionRatio = 0 } = entries.at(-1) ?? {};
    const seen = isIntersecting && intersectionRatio >= 0.4;
    if (seen === isSeen) return;
    isSeen = seen;
    if (seen && waits) {
      lab.play();
      [known, isDue] = [state(), true];
    }
    if (!seen) rest();
    wake();
  }, { threshold: [0, 0.4] }).observe(byId('stage', HTMLElement));

  /** On, or back, beyond what there is here. @param {1 | -1} by */
  function beyond(by) {
    const word = by > 0 ? 'next' : 'prev';
    say({ ravine: word });
    say(JSON.stringify({ method: word }));
  }
  /** @param {1 | -1} by */
  function turn(by) {
    if (!turned(by)) beyond(by);
  }
  addEventListener('keydown', (event) => {
    const by = KEYS[event.key];
    if (!by || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(TAKES_ARROWS)) return;
    event.preventDefault();
    beyond(by);
  });

  /** What is shown as the page around knows it: said, or heard and taken over. @type {State} */
  let known = state();
  /** Whether it is to be said in any case. */
  let isDue = true;
  /** Whether something was done here that is not said yet. */
  let isNew = false;
  /** Whether this copy tells the others how far the clock is: not one that took over from another. */
  let leads = true;
  let saidAt = -Infinity;
  /** When something that was done here was said. */
  let changedAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  /** Whether what was done here is quite fresh: what another copy says may be older. */
  const isFresh = () => performance.now() < changedAt + FRESH_MS;

  /** Notes what was done here. A clock that runs goes on everywhere; back it goes by hand only. @param {State} now */
  function notice(now) {
    // What it shows out of view is not what it was asked for.
    if (!isSeen && waits) return;
    const { link, position, playing } = now;
    const isAhead = playing ? position >= known.position : position === known.position;
    isNew ||= link !== known.link || playing !== known.playing || !isAhead;
    // Behind that it would be by hand.
    if (!isNew && !leads) known = now;
  }

  function sayState() {
    clearTimeout(soon);
    const now = state();
    notice(now);
    const runs = leads && isSeen && now.position !== known.position;
    if (!isNew && !runs && !(isDue && (isSeen || !waits))) return;
    const wait = saidAt + SAY_MS - performance.now();
    if (wait > 0) soon = setTimeout(sayState, wait);
    else sayNow(now);
  }

  /** @param {State} now */
  function sayNow(now) {
    clearTimeout(soon);
    clearTimeout(again);
    const goesOn = !isNew && !isDue;
    saidAt = performance.now();
    if (!goesOn) changedAt = saidAt;
    [known, isNew, isDue, leads] = [now, false, false, true];
    say({ ravine: 'state', ...now, goesOn });
  }

  /** Tells whether it is shown: one that has faults is not. @param {string} link as `state` says it, or as an address has it */
  function show(link) {
    const plain = link.replace(/^#/, '');
    if (plain === lab.link()) return true;
    const faults = faultsOf(plain).filter(({ harmless }) => !harmless);
    if (faults.length > 0) {
      say({ ravine: 'fault', link, message: faults.map(({ text }) => text).join(' ') });
      return false;
    }
    open(plain);
    if (!isSeen) rest();
    return true;
  }

  /** @param {Partial<State> & {goesOn?: boolean}} heard */
  function follow({ link, position, playing, goesOn }) {
    notice(state());
    // It was said before what was done here was heard there.
    if (goesOn && (isNew || isFresh())) return;
    // What is done here just now comes after it.
    if (isNew) {
      sayNow(state());
      return;
    }
    clearTimeout(again);
    const before = state();
    if (typeof link === 'string' && !show(link)) return;
    waits = playing === true;
    if (typeof position === 'number' && position >= 0) lab.go_to(position, waits && isSeen);
    [known, isDue, leads] = [state(), false, false];
    clearTimeout(soon);
    // Done in both at once, each has taken over the other's: whichever is first says again what it shows.
    if (isFresh() && (known.link !== before.link || known.playing !== before.playing || known.position !== before.position)) {
      again = setTimeout(() => {
        isNew = true;
        sayState();
      }, FRESH_MS * (1 + Math.random()));
    }
    wake();
  }

  addEventListener('message', ({ source, data }) => {
    if (source !== around || typeof data !== 'object' || data === null) return;
    switch (data.ravine) {
      case 'next': turn(1); break;
      case 'prev': turn(-1); break;
      case 'play': lab.play(); break;
      case 'pause': lab.pause(); break;
      case 'link': if (typeof data.link === 'string') show(data.link); break;
      case 'state':
        if (data.link === undefined && data.position === undefined) say({ ravine: 'state', ...state() });
        else follow(data);
        break;
      default: return;
    }
    wake();
  });
  say({ ravine: 'ready' });

  return {
    turn,
    /** @param {Live} live */
    advance({ playing }) {
      // What ends by itself, or was stopped here, waits for nothing.
      if (isSeen) waits = playing;
      sayState();
    },
    show: sayState,
  };
}
