// The plots: where the hand meets them. The core draws them and knows what lies where; all lengths
// that pass between are CSS pixels of the plot. Two plots show one window, so that either may be asked.

import { PLOTS } from './canvases.js';
import { fromJson } from './json.js';
import { byId, setText, showRows } from './element.js';

/** @import { Model } from './model.d.ts' */
/** @import { Page, Part } from './page.d.ts' */

/** A press that moves less than this is a click. */
export const CLICK_PX = 4;
const ZOOM_PER_WHEEL_PX = 0.0015;
/** A pinch on a trackpad comes as a wheel with Ctrl, in far smaller amounts. */
const ZOOM_PER_PINCH_PX = 0.01;
/** Browsers that count wheel turns in lines or pages. */
const WHEEL_UNIT_PX = [1, 16, 400];
const KEY_ZOOM = 1.25;
export const NUDGE_PX = 4;

/** @param {Page} page @returns {Part} */
export function plotsPart(page) {
  const plots = byId('plots', HTMLElement);
  const panels = PLOTS.map((id) => {
    listen(page, id);
    return {
      panel: byId(`${id}-panel`, HTMLElement),
      title: byId(`${id}-title`, HTMLElement),
    };
  });

  /** @param {Model} model */
  function show(model) {
    plots.dataset.count = String(model.plots.length);
    panels.forEach(({ panel, title }, index) => {
      const words = model.data ? model.plots[index]?.title ?? '' : '';
      panel.hidden = index >= model.plots.length;
      title.parentElement?.toggleAttribute('hidden', !words);
      setText(title, words);
    });
  }
  return { show };
}

/** @param {Page} page @param {string} id of a plot */
function listen(page, id) {
  const { lab } = page;
  const plot = byId(id, HTMLElement);
  const readout = byId(`${id}-readout`, HTMLElement);
  /** Fingers (or the mouse) on the plot: where each is now. @type {Map<number, [number, number]>} */
  const down = new Map();
  /** @type {'start' | 'pan' | 'pinch' | 'tap' | null} */
  let doing = null;
  let travelled = 0;

  /** @param {MouseEvent} event @returns {[number, number]} */
  function at(event) {
    const box = plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const [x, y] = at(event);
    down.set(event.pointerId, [x, y]);
    plot.setPointerCapture(event.pointerId);
    if (down.size === 2) {
      doing = 'pinch';
    } else if (down.size === 1) {
      travelled = 0;
      if (lab.pick('plot', x, y) === 'start') doing = 'start';
      // One finger scrolls the page.
      else doing = event.pointerType === 'touch' ? 'tap' : 'pan';
    }
    show();
  });

  plot.addEventListener('pointermove', (event) => {
    const [x, y] = at(event);
    const before = down.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== 'touch') hover(x, y);
      return;
    }
    const [dx, dy] = [x - before[0], y - before[1]];
    const middle = centre();
    const apart = spread();
    down.set(event.pointerId, [x, y]);
    travelled += Math.hypot(dx, dy);
    if (doing === 'start') {
      lab.put_start(x, y);
      page.edited();
    } else if (doing === 'pan' && travelled > CLICK_PX) {
      lab.pan(dx, dy);
      page.edited();
    } else if (doing === 'pinch') {
      const [cx, cy] = centre();
      lab.pan(cx - middle[0], cy - middle[1]);
      if (apart > 0) lab.zoom(cx, cy, spread() / apart);
      page.edited();
    }
    if (doing === 'start' || event.pointerType !== 'touch') hover(x, y);
    show();
  });

  /** @param {PointerEvent} event */
  function up(event) {
    if (!down.delete(event.pointerId)) return;
    const isClick = (doing === 'pan' || doing === 'tap') && travelled <= CLICK_PX;
    if (isClick && event.type === 'pointerup') {
      lab.put_start(...at(event));
      page.edited();
    }
    // After a pinch the finger that stays does nothing more, and is no click.
    doing = down.size > 0 ? 'tap' : null;
    travelled = CLICK_PX + 1;
    if (event.pointerType === 'touch') leave();
    show();
  }
  plot.addEventListener('pointerup', up);
  plot.addEventListener('pointercancel', up);
  plot.addEventListener('pointerleave', () => { if (down.size === 0) leave(); });

  // A finger on the start drags it, and two are the plot's: neither scrolls the page.
  for (const type of /** @type {const} */ (['touchstart', 'touchmove'])) {
    plot.addEventListener(type, (event) => {
      const [finger] = event.touches;
      if (event.touches.length > 1 || (finger && doesStart(finger))) event.preventDefault();
    }, { passive: false });
  }
  /** @param {Touch} finger */
  function doesStart({ clientX, clientY }) {
    if (down.size > 0) return doing === 'start';
    const box = plot.getBoundingClientRect();
    return lab.pick('plot', clientX - box.left, clientY - box.top) === 'start';
  }

  function centre() {
    let [x, y] = [0, 0];
    for (const [px, py] of down.values()) [x, y] = [x + px / down.size, y + py / down.size];
    return [x, y];
  }
  function spread() {
    const [one, two] = [...down.values()];
    return one && two ? Math.hypot(one[0] - two[0], one[1] - two[1]) : 0;
  }
  /** The cursor says what the hand holds. */
  function show() {
    plot.dataset.doing = doing ?? '';
  }

  plot.addEventListener('wheel', (event) => {
    event.preventDefault();
    const [x, y] = at(event);
    const turned = event.deltaY * (WHEEL_UNIT_PX[event.deltaMode] ?? 1);
    const rate = event.ctrlKey ? ZOOM_PER_PINCH_PX : ZOOM_PER_WHEEL_PX;
    lab.zoom(x, y, Math.exp(-turned * rate));
    page.edited();
    hover(x, y);
  }, { passive: false });

  /** @param {number} x @param {number} y */
  function hover(x, y) {
    const told = lab.hover('plot', 0, x, y);
    plot.dataset.over = lab.pick('plot', x, y) || 'plot';
    page.moved();
    readout.hidden = !told;
    if (!told) return;
    const { rows } = fromJson(told);
    showRows(readout, rows);
    // It lies in the upper right corner, or in the left one if the hand is there.
    const { clientWidth, clientHeight } = plot;
    readout.classList.toggle('left', x > clientWidth / 2 && y < clientHeight / 2);
  }
  function leave() {
    lab.leave('plot');
    readout.hidden = true;
    page.moved();
  }

  plot.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? NUDGE_PX * 10 : NUDGE_PX;
    const arrow = ARROWS[event.key];
    const middle = [plot.clientWidth / 2, plot.clientHeight / 2];
    if (arrow) lab.nudge_start(arrow[0] * far, arrow[1] * far);
    else if (event.key === '+' || event.key === '=') lab.zoom(middle[0], middle[1], KEY_ZOOM);
    else if (event.key === '-' || event.key === '−') lab.zoom(middle[0], middle[1], 1 / KEY_ZOOM);
    else return;
    event.preventDefault();
    page.edited();
  });
}

/** To the right and down, as pixels go. @type {Record<string, [number, number]>} */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
