// The clock: one animation frame after another while something moves, none when nothing does.

/** @import { Lab } from '../core/ravine.js' */
/** @import { Live, Model, Part } from './model.js' */

/** A hidden tab or a slow frame is not caught up: at most this much time passes in one frame. */
const LONGEST_MS = 100;

/**
 * @param {Lab} lab
 * @param {Part[]} parts
 * @param {() => void} drawn is told when a changed experiment was drawn
 */
export function makeLoop(lab, parts, drawn) {
  let requested = false;
  let stale = true;
  /** @type {number | undefined} */
  let last;
  /** @type {Live | undefined} */
  let shown;

  function wake() {
    if (requested) return;
    requested = true;
    requestAnimationFrame(frame);
  }

  /** @param {number} now */
  function frame(now) {
    requested = false;
    const moves = lab.tick(last === undefined ? 0 : Math.min(now - last, LONGEST_MS));
    const edited = stale;
    if (edited) {
      stale = false;
      /** @type {Model} */
      const model = JSON.parse(lab.model());
      for (const part of parts) part.show?.(model);
    }
    /** @type {Live} */
    const live = JSON.parse(lab.live());
    for (const part of parts) part.advance?.(live);
    shown = live;
    lab.draw();
    for (const part of parts) part.drawn?.();
    last = moves ? now : undefined;
    if (moves) wake();
    if (edited) drawn();
  }

  return {
    wake,
    /** The clock as it was drawn last. */
    shown: () => shown,
    /** The model is another: show it with the next frame. */
    refresh() {
      stale = true;
      wake();
    },
  };
}
