// What a screen reader is told of the pictures: where the runs are now, which the canvases only show.

import { NETS, PLOTS } from '../core/canvases.js';
import { byId } from '../dom/element.js';

/** @import { Live, Model, Run } from '../model.d.ts' */
/** @import { Part } from '../page.d.ts' */

/** So often at most: a label that changes all the time is heard over and over. */
const EVERY_MS = 2000;

/** @returns {Part} */
export function labelsPart() {
  const pictures = [...PLOTS, ...NETS.map((name) => `${name}-plot`)].map((id) => {
    const picture = byId(id, HTMLElement);
    const plain = picture.getAttribute('aria-label') ?? '';
    return { id, picture, how: () => picture.dataset.how ?? plain };
  });
  const chart = byId('chart', HTMLElement);
  /** @type {Model | undefined} */
  let model;
  /** @type {Live | undefined} */
  let live;
  let toldAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const dialsOf = (/** @type {Run} */ { title, dials, openDials }) => (
    `${title}: ${dials.slice(0, openDials).map(({ symbol, text }) => `${symbol} = ${text}`).join(', ')}`);
  function tell() {
    timer = undefined;
    if (!model || !live) return;
    toldAt = performance.now();
    const { runs, plots, net } = model;
    const { step, steps, readouts } = live;
    const when = `${net?.tick ?? 'step'} ${step} of ${steps}`;
    const where = (/** @type {string[]} */ names) => runs
      .filter(({ name, hidden }) => names.includes(name) && !hidden)
      .map(({ name, title }) => `${title}: ${readouts[name] ?? ''}`).join('; ');
    for (const { id, picture, how } of pictures) {
      const plot = plots[PLOTS.indexOf(id)];
      const panel = net?.panels[NETS.findIndex((name) => id.startsWith(name))];
      const title = plot?.title ?? panel?.title ?? '';
      const names = plot?.runs ?? (panel ? [panel.run] : []);
      picture.setAttribute('aria-label', [title, `At ${when}, ${where(names)}`, how()].filter(Boolean).join('. '));
    }
    chart.setAttribute('aria-valuemax', String(steps));
    chart.setAttribute('aria-valuenow', String(step));
    chart.setAttribute('aria-valuetext', model.chartSetsDials ? [...runs.map(dialsOf), model.chartNote].join('. ') : `${when}; ${where(runs.map(({ name }) => name))}`);
  }
  function soon() {
    timer ??= setTimeout(tell, Math.max(0, toldAt + EVERY_MS - performance.now()));
  }
  return {
    show(next) {
      model = next;
      soon();
    },
    advance(next) {
      const moved = live?.step !== next.step || live.steps !== next.steps;
      live = next;
      if (moved) soon();
    },
  };
}
