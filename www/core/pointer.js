// The hand on a picture, alike for all of them: what can be read under it, what it drags, and the
// keys of whoever points with none. All lengths are CSS pixels of the picture.

import { setText, showRows } from '../dom/element.js';
import { fromJson } from './json.js';

/** @import { Hover, Json } from '../model.d.ts' */
/** @import { Page } from '../page.d.ts' */

/** A press that moves less than this is a click. */
export const CLICK_PX = 4;
const ZOOM_PER_WHEEL_PX = 0.0015;
/** A pinch on a trackpad comes as a wheel with Ctrl, in far smaller amounts. */
const ZOOM_PER_PINCH_PX = 0.01;
/** Browsers that count wheel turns in lines or pages. */
const WHEEL_UNIT_PX = [1, 16, 400];
/** Which keys zoom, and by what. @type {Record<string, number>} */
export const KEY_ZOOMS = { '+': 1.25, '=': 1.25, '-': 0.8, '−': 0.8 };

/** By what a turn of the wheel zooms. @param {WheelEvent} event */
export function zoomOf({ deltaY, deltaMode, ctrlKey }) {
  const turned = deltaY * (WHEEL_UNIT_PX[deltaMode] ?? 1);
  return Math.exp(-turned * (ctrlKey ? ZOOM_PER_PINCH_PX : ZOOM_PER_WHEEL_PX));
}

/** So far an arrow key moves what can be moved. */
export const NUDGE_PX = 4;
/** To the right and down, as pixels go. @type {Record<string, [number, number]>} */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** From a picture's left upper corner, right and down. @typedef {[number, number]} Point */

/**
 * Where the hand is on a picture.
 * @param {HTMLElement} picture
 * @param {{clientX: number, clientY: number}} event
 * @returns {Point}
 */
export function placeOn(picture, { clientX, clientY }) {
  const box = picture.getBoundingClientRect();
  return [clientX - box.left, clientY - box.top];
}

/**
 * @typedef {object} Reading
 * @property {HTMLElement} readout lies in the picture's right upper corner
 * @property {(at: Point, event: MouseEvent) => Json<Hover> | ''} at what there is to read
 * @property {() => void} [leave] there is no more
 * @property {boolean} [evades] the readout goes to the left only where the hand is under it, and
 *   not all along the right half
 */

/**
 * Shows what there is to read under the hand.
 * @param {Page} page
 * @param {HTMLElement} picture
 * @param {Reading} reading
 */
export function readingOf(page, picture, { readout, at, leave, evades = false }) {
  /** Where the hand was last. @type {MouseEvent | undefined} */
  let last;
  return {
    /** What is under a hand that rests may be something else now. */
    again() {
      if (last) this.read(last);
    },
    /** @param {MouseEvent} event @returns {Hover | null} */
    read(event) {
      last = event;
      const [x, y] = placeOn(picture, event);
      const told = at([x, y], event);
      page.moved();
      readout.hidden = !told;
      if (!told) return null;
      const hover = fromJson(told);
      if (hover.rows.length > 0) showRows(readout, hover.rows);
      else setText(readout, hover.text);
      const { clientWidth, clientHeight } = picture;
      readout.classList.toggle('left', x > clientWidth / 2 && (!evades || y < clientHeight / 2));
      return hover;
    },
    leave() {
      last = undefined;
      leave?.();
      readout.hidden = true;
      page.moved();
    },
  };
}

/**
 * What a press does: the name of it stands in `data-doing`, by which the style sheets choose the
 * cursor. A `tap` moves nothing, and two fingers `pinch`.
 * @typedef {object} Hand
 * @property {(event: MouseEvent) => void} hover the hand passes over, with nothing in it
 * @property {() => void} leave
 * @property {() => 1 | 2} [fingers] so many at once are the picture's; 1 if not said
 * @property {(at: Point, event: PointerEvent) => string | null} [press] what the first does; `null`
 *   leaves the press alone
 * @property {(drag: {at: Point, by: Point, doing: string, isClick: boolean}, event: PointerEvent) => boolean | void} [drag]
 *   isClick: it has not gone farther than a click; returns whether there is something else to read now
 * @property {(middle: Point, by: Point, factor: number) => void} [pinch] two have gone so far, and so far apart
 * @property {(release: {at: Point, doing: string, isClick: boolean}, event: PointerEvent) => void} [release] one is up
 * @property {(at: Point) => boolean} [holds] whether a finger would drag what is there: elsewhere it scrolls the page
 */

/**
 * Listens to the hand on a picture.
 * @param {HTMLElement} picture
 * @param {Hand} hand
 */
export function handOn(picture, hand) {
  const { hover, leave, press, drag, pinch, release, holds } = hand;
  const fingers = () => hand.fingers?.() ?? 1;
  /** The fingers (or the mouse) on the picture: where each is now. @type {Map<number, Point>} */
  const down = new Map();
  let doing = '';
  let travelled = 0;
  const isClick = () => travelled <= CLICK_PX;

  /** @param {string} what */
  function does(what) {
    doing = what;
    picture.dataset.doing = what;
  }

  picture.addEventListener('pointerdown', (event) => {
    if (!press || event.button !== 0 || down.size >= fingers()) return;
    const at = placeOn(picture, event);
    if (down.size === 0) {
      const what = press(at, event);
      if (what === null) return;
      travelled = 0;
      does(what);
    } else {
      travelled = Infinity;
      does('pinch');
    }
    down.set(event.pointerId, at);
    picture.setPointerCapture(event.pointerId);
  });

  picture.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (!before) {
      if (!press || event.pointerType !== 'touch') hover(event);
      return;
    }
    const at = placeOn(picture, event);
    const [middle, apart] = [centre(), spread()];
    /** @type {Point} */
    const by = [at[0] - before[0], at[1] - before[1]];
    down.set(event.pointerId, at);
    travelled += Math.hypot(...by);
    if (doing === 'pinch') {
      const now = centre();
      pinch?.(now, [now[0] - middle[0], now[1] - middle[1]], apart > 0 ? spread() / apart : 1);
    } else if (drag?.({ at, by, doing, isClick: isClick() }, event)) hover(event);
  });

  /** @param {PointerEvent} event */
  function up(event) {
    if (!down.delete(event.pointerId)) return;
    release?.({ at: placeOn(picture, event), doing, isClick: isClick() && event.type === 'pointerup' }, event);
    // After a pinch the finger that stays does nothing more, and is no click.
    travelled = Infinity;
    does(down.size > 0 ? 'tap' : '');
    if (event.pointerType === 'touch') leave();
  }
  picture.addEventListener('pointerup', up);
  picture.addEventListener('pointercancel', up);
  picture.addEventListener('pointerleave', () => { if (down.size === 0) leave(); });

  // What a finger drags, and two of them, do not scroll the page.
  if (holds) {
    for (const type of /** @type {const} */ (['touchstart', 'touchmove'])) {
      picture.addEventListener(type, (event) => {
        const [finger] = event.touches;
        const isHeld = down.size > 0
          ? doing !== '' && doing !== 'tap'
          : finger !== undefined && holds(placeOn(picture, finger));
        if (isHeld || event.touches.length > (fingers() === 1 ? Infinity : 1)) event.preventDefault();
      }, { passive: false });
    }
  }

  function centre() {
    /** @type {Point} */
    const sum = [0, 0];
    for (const [x, y] of down.values()) {
      sum[0] += x / down.size;
      sum[1] += y / down.size;
    }
    return sum;
  }
  function spread() {
    const [one, two] = [...down.values()];
    return one && two ? Math.hypot(one[0] - two[0], one[1] - two[1]) : 0;
  }
}

/**
 * Listens to plain keys on a picture that has the focus.
 * @param {HTMLElement} picture
 * @param {(event: KeyboardEvent) => boolean} press returns whether the key is the picture's
 */
export function keysOn(picture, press) {
  picture.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (press(event)) event.preventDefault();
  });
}
