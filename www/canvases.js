// The canvases that the core draws on, and their sizes at any device pixel ratio.

import { byId } from './element.js';

/** @import { Lab } from '../core/ravine.js' */

/** The two plots by their ids. The second is as large as the first. */
export const PLOTS = ['plot', 'plot2'];
/** The layers of a plot, from the bottom up. */
const PLOT_LAYERS = ['field', 'axes', 'cloud', 'paths', 'heads'];
/** What has a size of its own; the core takes the sizes in this order. */
const BOXES = ['plot', 'chart', 'data-plot', 'deck-ball'];
/** The panels of the Network lab, all as large as the first. */
export const NETS = ['net1', 'net2', 'net3', 'net4'];
/** The same for the Network lab. */
const NET_BOXES = ['net1-plot', 'chart', 'net-picture', 'land'];

const canvas = (/** @type {string} */ id) => byId(id, HTMLCanvasElement);

/** @param {Lab} lab */
export function attachCanvases(lab) {
  lab.attach([
    ...PLOTS.flatMap((plot) => PLOT_LAYERS.map((layer) => canvas(`${plot}-${layer}`))),
    canvas('chart-curves'), canvas('chart-cursor'),
    canvas('data-ground'), canvas('data-marks'),
    canvas('ball-canvas'),
  ]);
  lab.attach_nets([
    ...NETS.flatMap((net) => [canvas(`${net}-field`), canvas(`${net}-marks`)]),
    canvas('chart-curves'), canvas('chart-cursor'), canvas('net-edges'),
    canvas('land-field'), canvas('land-lines'), canvas('land-paths'),
  ]);
}

/** @param {Lab} lab */
export function sizeCanvases(lab) {
  lab.resize(sizesOf(BOXES), devicePixelRatio);
  lab.resize_nets(sizesOf(NET_BOXES), devicePixelRatio);
  lab.set_present_type_size(parseFloat(getComputedStyle(document.documentElement).fontSize));
}

/** @param {string[]} ids */
function sizesOf(ids) {
  const boxes = ids.map((id) => byId(id, HTMLElement));
  const sizes = boxes.flatMap(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
  return Float64Array.from(sizes, (size) => Math.max(1, size));
}

/** @param {() => void} changed is told when a plot has another size or the screen other pixels */
export function watchSizes(changed) {
  const observer = new ResizeObserver(changed);
  for (const id of new Set([...BOXES, ...NET_BOXES])) observer.observe(byId(id, HTMLElement));
  watchRatio();

  function watchRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      changed();
      watchRatio();
    }, { once: true });
  }
}
