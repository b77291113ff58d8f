// The link and the address: everything shown is in it. Undo and redo, Back and reload are all
// one thing: opening an earlier link.

/** @import { Lab } from '../core/ravine.js' */

/** The address is written at most twice a second. */
const WRITE_EVERY_MS = 500;
const MOST_UNDO = 100;

/** The experiment that the address names. */
export const addressed = () => location.hash.slice(1);

/**
 * @param {Lab} lab
 * @param {(link: string) => void} open what the address names
 * @param {(link: string) => void} restore an earlier state, while the clock goes on
 */
export function keepHistory(lab, open, restore) {
  /** Links in the order in which they were settled on; the present one is `links[now]`. */
  let links = [lab.link()];
  let now = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let byHand = false;
  let handIsDown = false;

  addEventListener('pointerdown', () => { handIsDown = true; }, { capture: true });
  for (const type of ['pointerup', 'pointercancel']) {
    addEventListener(type, () => { handIsDown = false; }, { capture: true });
  }
  // A button that was let go of outside the window.
  addEventListener('pointermove', ({ buttons }) => { handIsDown &&= buttons > 0; }, { capture: true });

  /** The user changed something; what a drag passes through is one change. */
  function edited() {
    byHand = true;
    schedule();
  }
  function schedule() {
    timer ??= setTimeout(write, WRITE_EVERY_MS);
  }

  function write() {
    timer = undefined;
    const link = lab.link();
    if (byHand && handIsDown) {
      // Still moving: a reload must find this, but it is not a step of its own yet.
      if (link !== addressed()) history.replaceState(null, '', address(link));
      schedule();
      return;
    }
    if (byHand) settle(link);
    else keep(link);
    byHand = false;
  }

  /** The clock stands elsewhere: that is kept, but there is nothing to undo. @param {string} link */
  function keep(link) {
    links[now] = link;
    if (link !== addressed()) history.replaceState(null, '', address(link));
  }

  /** @param {string} link */
  function settle(link) {
    if (link === links[now]) {
      keep(link);
      return;
    }
    const before = links[now] ?? '';
    links = [...links.slice(0, now + 1), link].slice(-(MOST_UNDO + 1));
    now = links.length - 1;
    // A drag left its own last place in the entry of what was before it: put that right first.
    if (addressed() !== before) history.replaceState(null, '', address(before));
    history.pushState(null, '', address(link));
  }

  /** Undo (−1) or redo (1). @param {1 | -1} by */
  function go(by) {
    flush();
    const link = links[now + by];
    if (link === undefined) return false;
    now += by;
    restore(link);
    links[now] = lab.link();
    history.pushState(null, '', address(links[now] ?? ''));
    return true;
  }
  /** What waits for its half second is settled now. */
  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (byHand) settle(lab.link());
    byHand = false;
  }

  // Back, Forward, and an address typed over.
  addEventListener('popstate', () => {
    clearTimeout(timer);
    timer = undefined;
    byHand = false;
    const asked = addressed();
    if (asked === links[now]) return;
    open(asked);
    const link = lab.link();
    if (links[now - 1] === link) now -= 1;
    else if (links[now + 1] === link) now += 1;
    else {
      links = [...links.slice(0, now + 1), link].slice(-(MOST_UNDO + 1));
      now = links.length - 1;
    }
    if (link !== asked) history.replaceState(null, '', address(link));
  });
  // A page that is left, or put aside by a phone, may never come back to its timer.
  addEventListener('pagehide', flush);

  const canonical = links[0] ?? '';
  if (canonical !== addressed()) history.replaceState(null, '', address(canonical));
  /** Whether there is something to undo (−1) or redo (1). @param {1 | -1} by */
  const can = (by) => links[now + by] !== undefined || (by < 0 && byHand);
  return { edited, moved: schedule, go, can };
}

/** @param {string} link */
export function address(link) {
  return location.pathname + location.search + (link ? `#${link}` : '');
}
