// The link and the address: everything shown is in it. Undo and redo, Back and reload are all
// one thing: opening an earlier link. Beside it: kept.js, what the address has no room for; faults.js,
// what of a link could not be taken; undo.js, the buttons.

import { complete, isIncomplete, last, shorten, storeLast } from './kept.js';

/** @import { Lab } from '../../core/ravine.js' */
/** @import { Place } from './kept.js' */

/** The address is written at most twice a second. */
const WRITE_EVERY_MS = 500;
/** Browsers refuse many entries in a short time; then it is tried again. */
const RETRY_MS = 1000;
const MOST_UNDO = 100;

/** What stands behind # in the address. */
const fragment = () => location.hash.slice(1);

/** The experiment that the address names, with what is kept beside it. */
export const addressed = () => complete(fragment(), history.state);

/** What the page is to open with: what the address names, or what was changed last before a reload. */
export function atFirst() {
  const { from, link } = last();
  return link !== undefined && from?.includes(fragment()) ? complete(link, history.state) : addressed();
}

/** How the labs that are not open were left before a reload. */
export const leftAtFirst = () => last().left ?? '';

/** Where a page stood that is come back to: while the clock runs, its address does not say so. */
export function placeAtFirst() {
  const { from, place } = last();
  return from?.includes(fragment()) ? place : undefined;
}

/**
 * @param {Lab} lab opened with [`atFirst`]
 * @param {(link: string) => boolean} open what the address names; tells whether all of it is there
 * @param {(link: string) => void} restore an earlier state, while the clock goes on
 * @param {() => Place} place where the page stands
 * @param {(link: string) => boolean} lacks whether the lesson that a link names is not there
 */
export function keepHistory(lab, open, restore, place, lacks) {
  const was = addressed();
  /** Links in the order in which they were settled on; the present one is `links[now]`. */
  let links = [lab.link()];
  let now = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let writtenAt = -Infinity;
  let byHand = false;
  let handIsDown = false;
  /** The next address is another entry of the history, and not the present one made better. */
  let isAnother = false;
  /** The address asks for data, or a lesson, that are not there: it is left alone, so that a reload says so again. */
  let isMissing = isIncomplete(was) || lacks(was);

  // A press begins a step of its own, however soon after the last change.
  addEventListener('pointerdown', () => {
    if (byHand && !handIsDown) {
      const link = lab.link();
      isAnother ||= link !== links[now];
      settle(link);
    }
    handIsDown = true;
  }, { capture: true });
  for (const type of ['pointerup', 'pointercancel']) {
    addEventListener(type, () => { handIsDown = false; }, { capture: true });
  }
  // A button that was let go of outside the window.
  addEventListener('pointermove', ({ buttons }) => { handIsDown &&= buttons > 0; }, { capture: true });

  /** The user changed something; what a drag passes through is one change. */
  function edited() {
    byHand = true;
    schedule(WRITE_EVERY_MS);
  }
  /** What was changed a moment ago is a step of its own: what follows leads away from it. */
  function keep() {
    if (!byHand) return;
    handIsDown = false;
    write();
  }
  /** @param {number} ms */
  function schedule(ms) {
    timer ??= setTimeout(write, ms);
  }

  /** Brings the address up to date. */
  function write() {
    clearTimeout(timer);
    timer = undefined;
    const link = lab.link();
    if (byHand && handIsDown) {
      // Still moving: a reload must find this, but it is not a step of its own yet.
      put('replaceState', link);
      schedule(WRITE_EVERY_MS);
      return;
    }
    const before = links[now] ?? '';
    const goes = isAnother;
    isAnother ||= byHand && link !== before;
    settle(link);
    // A drag left its own last place in the entry of what was before it: put that right first.
    if (isAnother && !goes) put('replaceState', before);
    if (put(isAnother ? 'pushState' : 'replaceState', link)) isAnother = false;
    else schedule(RETRY_MS);
  }

  /**
   * Writes the address, if it is another, and tells whether it is written.
   * @param {'pushState' | 'replaceState'} how
   * @param {string} link
   */
  function put(how, link) {
    const { short, data } = shorten(link);
    if (short === fragment() || isMissing) return true;
    writtenAt = performance.now();
    // Some browsers keep only small things with an entry, or none.
    for (const state of data === null ? [null] : [{ data }, null]) {
      try {
        history[how](state, '', address(short));
        return short === fragment();
      } catch {
        // Refused: too many in a short time, too large, or not allowed here at all.
      }
    }
    return false;
  }

  /** What the page shows now is the present step. @param {string} link */
  function settle(link) {
    if (byHand && link !== links[now]) {
      links = [...links.slice(0, now + 1), link].slice(-(MOST_UNDO + 1));
      now = links.length - 1;
      isMissing = false;
    } else {
      // The clock stands elsewhere: that is kept, but there is nothing to undo.
      links[now] = link;
    }
    byHand = false;
  }

  /** Undo (−1) or redo (1). @param {1 | -1} by */
  function go(by) {
    settle(lab.link());
    const link = links[now + by];
    if (link === undefined) return false;
    now += by;
    isMissing = false;
    restore(link);
    links[now] = lab.link();
    // Many in a row are one entry: it follows the last of them.
    isAnother = true;
    clearTimeout(timer);
    timer = undefined;
    schedule(Math.max(0, writtenAt + WRITE_EVERY_MS - performance.now()));
    return true;
  }

  // Back, Forward, and an address typed over.
  addEventListener('popstate', ({ state }) => {
    clearTimeout(timer);
    timer = undefined;
    // What was not in the address yet is a step of its own, to come back to by undo.
    if (byHand) settle(lab.link());
    isAnother = false;
    arrive(complete(fragment(), state));
  });
  /** @param {string} asked */
  function arrive(asked) {
    if (asked === links[now]) return;
    isMissing = !open(asked) || isIncomplete(asked);
    const link = lab.link();
    if (links[now] === link) return put('replaceState', link);
    if (links[now - 1] === link) now -= 1;
    else if (links[now + 1] === link) now += 1;
    else {
      links = [...links.slice(0, now + 1), link].slice(-(MOST_UNDO + 1));
      now = links.length - 1;
    }
    return put('replaceState', link);
  }

  // A page that is left, or put aside by a phone, may never come back to its timer, and while it is
  // left not every browser lets it write its address.
  const leave = (from = [fragment()]) => {
    // Of an address whose data are missing nothing is kept: a reload says so again.
    if (!isMissing || byHand) storeLast(from, lab.link(), lab.left(), place());
  };
  /** The address when it began to be left: a reload opens that, whatever is written until the page is gone. */
  let leaving = fragment();
  let isLeft = false;
  addEventListener('beforeunload', () => {
    leaving = fragment();
    leave();
  });
  addEventListener('pagehide', () => {
    isLeft = true;
    leave([leaving, fragment()]);
    if (timer !== undefined) write();
  });
  addEventListener('pageshow', () => { isLeft = false; });
  addEventListener('visibilitychange', () => {
    // While it is left it may look as if the address could be written.
    if (document.visibilityState !== 'hidden' || isLeft) return;
    if (timer !== undefined) write();
    leave();
  });

  if (lab.link() !== was && atFirst() !== was) {
    // Changed in the last moment before a reload: a step of its own.
    links = [was, lab.link()];
    now = 1;
    put('pushState', lab.link());
  } else put('replaceState', lab.link());
  /** Whether there is something to undo (−1) or redo (1). @param {1 | -1} by */
  const can = (by) => links[now + by] !== undefined || (by < 0 && byHand);
  /** What the address names can be opened now. */
  const again = () => arrive(addressed());
  return { edited, keep, moved: () => schedule(WRITE_EVERY_MS), go, can, again };
}

/** The projector's window has no history: it shows what the lecturer's does. @type {ReturnType<typeof keepHistory>} */
export const noHistory = { edited() {}, keep() {}, moved() {}, go: () => false, can: () => false, again: () => false };

/** @param {string} link */
export function address(link) {
  return location.pathname + location.search + (link ? `#${link}` : '');
}
