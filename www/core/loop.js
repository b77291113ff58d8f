// The clock: one animation frame after another while something moves, none when nothing does.

import { keepSizes } from './canvases.js';
import { fromJson } from './json.js';

/** @import { Live } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** A hidden tab or a slow frame is not caught up: at most this much time passes in one frame. */
const LONGEST_MS = 100;

/**
 * @param {Page} page
 * @param {Part[]} parts
 * @param {() => void} drawn is told when a changed experiment was drawn
 */
export function makeLoop({ lab, catalog }, parts, drawn) {
  let requested = false;
  let stale = true;
  /** @type {number | undefined} */
  let last;
  /** @type {Live | undefined} */
  let shown;
  /** What the model was asked for at. */
  let version = -1;
  /** Whether what was told of has not been drawn: the first frame tells, and the next one draws, so that
      neither is long on a slow machine. */
  let undrawn = true;

  function wake() {
    if (requested) return;
    requested = true;
    requestAnimationFrame(frame);
  }

  /** @param {number} now */
  function frame(now) {
    requested = false;
    const moves = lab.tick(last === undefined ? 0 : Math.min(now - last, LONGEST_MS));
    const live = fromJson(lab.live());
    // What had to be computed first is told of when it is there.
    const edited = stale || undrawn;
    if (stale || lab.version() !== version) {
      stale = false;
      version = lab.version();
      const model = fromJson(lab.model());
      const entry = catalog.labs.find(({ key }) => key === model.lab);
      if (entry) for (const part of parts) part.show?.(model, entry);
      for (const part of parts) part.fit?.();
    }
    const advance = () => { for (const part of parts) part.advance?.(live); };
    if (edited) advance();
    const isFirst = shown === undefined;
    shown = live;
    if (isFirst) return wake();
    undrawn = false;
    // What was shown may have left another room for the pictures.
    const isOther = edited && keepSizes(lab);
    const more = lab.draw();
    // Texts that only go with the clock come later: a canvas asked for a font brings all styles of the
    // page up to date.
    if (!edited) advance();
    for (const part of parts) part.drawn?.();
    last = moves ? now : undefined;
    // Some of what is told depends on it.
    stale ||= isOther;
    if (moves || more || isOther) wake();
    if (edited) drawn();
  }

  return {
    wake,
    /** A part that comes later than the others. @param {Part} part */
    add(part) {
      parts.push(part);
    },
    /** The clock as it was drawn last. */
    shown: () => shown,
    /** Whether there is a picture yet. */
    hasDrawn: () => !undrawn,
    /** The model is another: show it with the next frame. */
    refresh() {
      stale = true;
      wake();
    },
  };
}
