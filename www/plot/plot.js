// The plots: where the hand meets them. The core draws them and knows what lies where; all lengths
// that pass between are CSS pixels of the plot. Two plots show one window, so that either may be asked.
// Beside it: surface.js, what they are plots of; place.js, start and window as numbers; legend.js; and
// labels.js, what a screen reader hears of all pictures.

import { PLOTS } from '../core/canvases.js';
import { byId, setText } from '../dom/element.js';
import { ARROWS, handOn, keysOn, NUDGE_PX, placeOn, readingOf } from '../core/pointer.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

const ZOOM_PER_WHEEL_PX = 0.0015;
/** A pinch on a trackpad comes as a wheel with Ctrl, in far smaller amounts. */
const ZOOM_PER_PINCH_PX = 0.01;
/** Browsers that count wheel turns in lines or pages. */
const WHEEL_UNIT_PX = [1, 16, 400];
const KEY_ZOOM = 1.25;

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
  const { read, leave } = readingOf(page, plot, {
    readout: byId(`${id}-readout`, HTMLElement),
    at(at) {
      plot.dataset.over = lab.pick('plot', ...at) || 'plot';
      return lab.hover('plot', 0, ...at);
    },
    leave: () => lab.leave('plot'),
    evades: true,
  });
  const isStart = (/** @type {[number, number]} */ at) => lab.pick('plot', ...at) === 'start';

  handOn(plot, {
    hover: read,
    leave,
    fingers: 2,
    press(at, { pointerType }) {
      if (isStart(at)) return 'start';
      // One finger scrolls the page.
      return pointerType === 'touch' ? 'tap' : 'pan';
    },
    drag({ at, by, doing, isClick }, { pointerType }) {
      if (doing === 'start') lab.put_start(...at);
      else if (doing === 'pan' && !isClick) lab.pan(...by);
      else return pointerType !== 'touch';
      page.edited();
      return true;
    },
    pinch(middle, by, factor) {
      lab.pan(...by);
      lab.zoom(...middle, factor);
      page.edited();
    },
    release({ at, doing, isClick }) {
      if (!isClick || doing === 'start') return;
      lab.put_start(...at);
      page.edited();
    },
    holds: isStart,
  });

  plot.addEventListener('wheel', (event) => {
    event.preventDefault();
    const turned = event.deltaY * (WHEEL_UNIT_PX[event.deltaMode] ?? 1);
    const rate = event.ctrlKey ? ZOOM_PER_PINCH_PX : ZOOM_PER_WHEEL_PX;
    lab.zoom(...placeOn(plot, event), Math.exp(-turned * rate));
    page.edited();
    read(event);
  }, { passive: false });

  keysOn(plot, ({ key, shiftKey }) => {
    const far = shiftKey ? NUDGE_PX * 10 : NUDGE_PX;
    const arrow = ARROWS[key];
    /** @type {[number, number]} */
    const middle = [plot.clientWidth / 2, plot.clientHeight / 2];
    if (arrow) lab.nudge_start(arrow[0] * far, arrow[1] * far);
    else if (key === '+' || key === '=') lab.zoom(...middle, KEY_ZOOM);
    else if (key === '-' || key === '−') lab.zoom(...middle, 1 / KEY_ZOOM);
    else return false;
    page.edited();
    return true;
  });
}
