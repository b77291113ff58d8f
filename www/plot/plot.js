// The plots: where the hand meets them. The core draws them and knows what lies where; all lengths
// that pass between are CSS pixels of the plot. Two plots show one window, so that either may be asked.
// A plot may show a hill: it is another picture of the core's then, and a drag turns it (orbit.js).
// Beside it: surface.js, what they are plots of; place.js, start and window as numbers; legend.js; and
// labels.js, what a screen reader hears of all pictures.

import { PLOTS } from '../core/canvases.js';
import { byId, setText } from '../dom/element.js';
import { ARROWS, handOn, KEY_ZOOMS, keysOn, NUDGE_PX, placeOn, readingOf, zoomOf } from '../core/pointer.js';
import { ON_HILL, orbitOf } from './orbit.js';

/** @import { Dial, Model } from '../model.d.ts' */
/** @import { Point } from '../core/pointer.js' */
/** @import { Page, Part } from '../page.d.ts' */

/** The setting that says how the surface is shown. */
const VIEW = 'view';

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
  const orbit = orbitOf(page, 'hill');
  const { read, leave } = readingOf(page, plot, {
    readout: byId(`${plot.id}-readout`, HTMLElement),
    at(at) {
      plot.dataset.over = lab.pick(picture(), ...at) || 'plot';
      return lab.hover(picture(), 0, ...at);
    },
    leave: () => lab.leave(picture()),
    evades: true,
  });
  /** The start, or the ghost while a place is asked for: what the core calls them. */
  const HANDLES = ['start', 'guess'];
  const isHandle = (/** @type {Point} */ at) => HANDLES.includes(lab.pick(picture(), ...at));
  const putHandle = (/** @type {Point} */ at) => lab.put_handle(picture(), ...at);

  handOn(plot, {
    hover: read,
    leave,
    fingers: () => 2,
    press(at, { pointerType }) {
      if (isHandle(at)) return lab.pick(picture(), ...at);
      if (isHill()) return 'orbit';
      // One finger scrolls the page.
      return pointerType === 'touch' ? 'tap' : 'pan';
    },
    drag({ at, by, doing, isClick }, { pointerType }) {
      if (HANDLES.includes(doing)) putHandle(at);
      else if (doing === 'pan' && !isClick) lab.pan(...by);
      else if (doing === 'orbit' && !isClick) {
        orbit.drag(by);
        leave();
        return false;
      } else return pointerType !== 'touch';
      page.edited();
      return true;
    },
    pinch(middle, by, factor) {
      if (isHill()) {
        orbit.drag(by, factor);
        return;
      }
      lab.pan(...by);
      lab.zoom(...middle, factor);
      page.edited();
    },
    release({ at, doing, isClick }) {
      if (doing === 'orbit' && !isClick) page.edited();
      if (!isClick || doing === 'start') return;
      putHandle(at);
      page.edited();
    },
    holds: (at) => isHill() || isHandle(at),
  });

  plot.addEventListener('wheel', (event) => {
    event.preventDefault();
    const factor = zoomOf(event);
    if (isHill()) orbit.approach(factor);
    else lab.zoom(...placeOn(plot, event), factor);
    page.edited();
    read(event);
  }, { passive: false });

  keysOn(plot, (event) => {
    if (isHill()) return orbit.press(event);
    const { key, shiftKey } = event;
    const far = shiftKey ? NUDGE_PX * 10 : NUDGE_PX;
    const arrow = ARROWS[key];
    const zoom = KEY_ZOOMS[key];
    /** @type {[number, number]} */
    const middle = [plot.clientWidth / 2, plot.clientHeight / 2];
    if (arrow) lab.nudge_handle(arrow[0] * far, arrow[1] * far);
    else if (zoom) lab.zoom(...middle, zoom);
    else return false;
    page.edited();
    return true;
  });
}
