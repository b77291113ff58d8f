// The canvases that the core draws on, and their sizes at any device pixel ratio.

import { byId } from './element.js';

/** @import { Lab } from '../core/ravine.js' */

const canvas = (/** @type {string} */ id) => byId(id, HTMLCanvasElement);

/** @param {Lab} lab */
export function attachCanvases(lab) {
  lab.attach(
    canvas('plot-field'), canvas('plot-axes'), canvas('plot-paths'), canvas('plot-heads'),
    canvas('chart-curves'), canvas('chart-cursor'),
  );
}

/** @param {Lab} lab */
export function sizeCanvases(lab) {
  const plot = byId('plot', HTMLElement);
  const chart = byId('chart', HTMLElement);
  lab.resize(
    Math.max(1, plot.clientWidth), Math.max(1, plot.clientHeight),
    Math.max(1, chart.clientWidth), Math.max(1, chart.clientHeight), devicePixelRatio,
  );
}

/** @param {() => void} changed is told when a plot has another size or the screen other pixels */
export function watchSizes(changed) {
  const observer = new ResizeObserver(changed);
  observer.observe(byId('plot', HTMLElement));
  observer.observe(byId('chart', HTMLElement));
  watchRatio();

  function watchRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      changed();
      watchRatio();
    }, { once: true });
  }
}
