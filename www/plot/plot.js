// The plots: where the hand meets them. The core draws them and knows what lies where; all lengths
// that pass between are CSS pixels of the plot. Two plots show one window, so that either may be asked.
// A plot may show a hill: it is another picture of the core's then, and a drag turns it.
// Beside it: surface.js, what they are plots of; place.js, start and window as numbers; legend.js; and
// labels.js, what a screen reader hears of all pictures.

import { PLOTS } from '../core/canvases.js';
import { byId, setText } from '../dom/element.js';
import { ARROWS, handOn, keysOn, NUDGE_PX, placeOn, readingOf } from '../core/pointer.js';

/** @import { Dial, Model } from '../model.d.ts' */
/** @import { Point } from '../core/pointer.js' */
/** @import { Page, Part } from '../page.d.ts' */

const ZOOM_PER_WHEEL_PX = 0.0015;
/** A pinch on a trackpad comes as a wheel with Ctrl, in far smaller amounts. */
const ZOOM_PER_PINCH_PX = 0.01;
/** Browsers that count wheel turns in lines or pages. */
const WHEEL_UNIT_PX = [1, 16, 400];
const KEY_ZOOM = 1.25;
/** The setting that says how the surface is shown. */
const VIEW = 'view';

/** What an arrow key turns a hill by, as if it were dragged so far. */
const KEY_TURN_PX = 12.5;
/** What a screen reader hears of a hill. */
const ON_HILL = 'Loss surface in three dimensions, with the runs\' paths. '
  + 'Arrow keys turn it, plus and minus go nearer and farther, 0 fits.';

/** @param {Page} page @returns {Part} */
export function plotsPart(page) {
  const plots = byId('plots', HTMLElement);
  const toHill = byId('hill', HTMLButtonElement);
  const panels = PLOTS.map((id) => {
    const plot = byId(id, HTMLElement);
    const onPlot = plot.getAttribute('aria-label') ?? '';
    plot.dataset.picture = 'plot';
    plot.dataset.how = onPlot;
    listen(page, plot);
    return {
      plot,
      onPlot,
      panel: byId(`${id}-panel`, HTMLElement),
      title: byId(`${id}-title`, HTMLElement),
    };
  });
  /** @type {Dial | undefined} */
  let view;
  toHill.addEventListener('click', () => page.set(VIEW, view?.text === 'plot' ? 'hill' : 'plot'));

  /** @param {Model} model */
  function show(model) {
    plots.dataset.count = String(model.plots.length);
    view = model.settings.find(({ key }) => key === VIEW);
    toHill.setAttribute('aria-pressed', String(view !== undefined && view.text !== 'plot'));
    panels.forEach(({ plot, onPlot, panel, title }, index) => {
      const isHill = model.plots[index]?.hill ?? false;
      plot.dataset.picture = isHill ? 'hill' : 'plot';
      plot.dataset.how = isHill ? ON_HILL : onPlot;
      const words = model.data ? model.plots[index]?.title ?? '' : '';
      panel.hidden = index >= model.plots.length;
      title.parentElement?.toggleAttribute('hidden', !words);
      setText(title, words);
    });
  }
  return { show };
}

/** @param {Page} page @param {HTMLElement} plot */
function listen(page, plot) {
  const { lab } = page;
  const picture = () => plot.dataset.picture ?? 'plot';
  const isHill = () => picture() === 'hill';
  const { read, leave } = readingOf(page, plot, {
    readout: byId(`${plot.id}-readout`, HTMLElement),
    at(at) {
      plot.dataset.over = lab.pick(picture(), ...at) || 'plot';
      return lab.hover(picture(), 0, ...at);
    },
    leave: () => lab.leave(picture()),
    evades: true,
  });
  const isStart = (/** @type {Point} */ at) => lab.pick(picture(), ...at) === 'start';
  function putStart(/** @type {Point} */ at) {
    if (isHill()) lab.put_start_on_hill(...at);
    else lab.put_start(...at);
  }

  handOn(plot, {
    hover: read,
    leave,
    fingers: 2,
    press(at, { pointerType }) {
      if (isStart(at)) return 'start';
      if (isHill()) return 'orbit';
      // One finger scrolls the page.
      return pointerType === 'touch' ? 'tap' : 'pan';
    },
    drag({ at, by, doing, isClick }, { pointerType }) {
      if (doing === 'start') putStart(at);
      else if (doing === 'pan' && !isClick) lab.pan(...by);
      else if (doing === 'orbit' && !isClick) {
        lab.orbit(picture(), ...by);
        leave();
        page.turned();
        return false;
      } else return pointerType !== 'touch';
      page.edited();
      return true;
    },
    pinch(middle, by, factor) {
      if (isHill()) {
        lab.orbit(picture(), ...by);
        lab.approach(picture(), factor);
        page.turned();
        return;
      }
      lab.pan(...by);
      lab.zoom(...middle, factor);
      page.edited();
    },
    release({ at, doing, isClick }) {
      if (doing === 'orbit' && !isClick) page.edited();
      if (!isClick || doing === 'start') return;
      putStart(at);
      page.edited();
    },
    holds: (at) => isHill() || isStart(at),
  });

  plot.addEventListener('wheel', (event) => {
    event.preventDefault();
    const turned = event.deltaY * (WHEEL_UNIT_PX[event.deltaMode] ?? 1);
    const rate = event.ctrlKey ? ZOOM_PER_PINCH_PX : ZOOM_PER_WHEEL_PX;
    const factor = Math.exp(-turned * rate);
    if (isHill()) lab.approach(picture(), factor);
    else lab.zoom(...placeOn(plot, event), factor);
    page.edited();
    read(event);
  }, { passive: false });

  keysOn(plot, ({ key, shiftKey }) => {
    const arrow = ARROWS[key];
    const zoom = key === '+' || key === '=' ? KEY_ZOOM : key === '-' || key === '−' ? 1 / KEY_ZOOM : 0;
    if (!arrow && !zoom) return false;
    if (isHill()) {
      const far = shiftKey ? KEY_TURN_PX * 3 : KEY_TURN_PX;
      if (arrow) lab.orbit(picture(), arrow[0] * far, arrow[1] * far);
      else lab.approach(picture(), zoom);
    } else if (arrow) {
      const far = shiftKey ? NUDGE_PX * 10 : NUDGE_PX;
      lab.nudge_start(arrow[0] * far, arrow[1] * far);
    } else {
      lab.zoom(plot.clientWidth / 2, plot.clientHeight / 2, zoom);
    }
    page.edited();
    return true;
  });
}
