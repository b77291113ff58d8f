// The canvases that the core draws on, and their sizes at any device pixel ratio.

import { byId } from './element.js';

/** @import { Lab } from '../core/ravine.js' */

/** The two plots by their ids. The second is as large as the first. */
export const PLOTS = ['plot', 'plot2'];
/** The layers of a plot, from the bottom up. */
const PLOT_LAYERS = ['field', 'axes', 'cloud', 'paths', 'heads'];
/** What has a size of its own; the core takes the sizes in this order. */
const BOXES = ['plot', 'chart', 'data-plot', 'deck-ball'];

const canvas = (/** @type {string} */ id) => byId(id, HTMLCanvasElement);

/** @param {Lab} lab */
export function attachCanvases(lab) {
  lab.attach([
    ...PLOTS.flatMap((plot) => PLOT_LAYERS.map((layer) => canvas(`${plot}-${layer}`))),
    canvas('chart-curves'), canvas('chart-cursor'),
    canvas('data-ground'), canvas('data-marks'),
    canvas('ball-canvas'),
  ]);
}

/** @param {Lab} lab */
export function sizeCanvases(lab) {
  const boxes = BOXES.map((id) => byId(id, HTMLElement));
  const sizes = boxes.flatMap(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
  lab.resize(Float64Array.from(sizes, (size) => Math.max(1, size)), devicePixelRatio);
}

/** @param {() => void} changed is told when a plot has another size or the screen other pixels */
export function watchSizes(changed) {
  const observer = new ResizeObserver(changed);
  for (const id of BOXES) observer.observe(byId(id, HTMLElement));
  watchRatio();

  function watchRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      changed();
      watchRatio();
    }, { once: true });
  }
}
