// The canvases that the core draws on, and their sizes at any device pixel ratio.

import { byId } from '../dom/element.js';
import { copyOf } from '../dom/template.js';

/** @import { Lab } from '../../core/ravine.js' */

/** The two plots by their ids. The second is as large as the first. */
export const PLOTS = ['plot', 'plot2'];
/** The layers of a plot, from the bottom up. */
const PLOT_LAYERS = ['field', 'axes', 'cloud', 'paths', 'heads'];
/** The panels of the Network lab, all as large as the first. */
export const NETS = ['net1', 'net2', 'net3', 'net4'];
/**
 * The boxes that pictures fill, by what the core calls the picture.
 * @type {Record<string, string>}
 */
const BOXES = {
  plot: 'plot', chart: 'chart', data: 'data-plot', ball: 'deck-ball',
  panel: 'net1-plot', net: 'net-picture', land: 'land', losses: 'losses',
};
/** The canvases by the names that the core knows them by. */
const CANVASES = [
  ...PLOTS.flatMap((plot) => PLOT_LAYERS.map((layer) => `${plot}-${layer}`)),
  'chart-curves', 'chart-cursor', 'data-ground', 'data-marks', 'ball-canvas',
  ...NETS.flatMap((net) => [`${net}-field`, `${net}-marks`]),
  'net-edges', 'land-field', 'land-lines', 'land-paths', 'losses-canvas',
];

for (const [names, row, template] of /** @type {const} */ ([[PLOTS, 'plots', 'plot-template'], [NETS, 'nets', 'net-template']])) {
  byId(row, HTMLElement).append(...names.map((name) => {
    const { element } = copyOf(template, name);
    element.hidden = name !== names[0];
    return element;
  }));
}

const boxes = Object.values(BOXES).map((id) => byId(id, HTMLElement));

/** @param {Lab} lab */
export function attachCanvases(lab) {
  lab.attach(CANVASES, CANVASES.map((id) => byId(id, HTMLCanvasElement)));
}

/** Tells a core that is new all sizes. @param {Lab} lab */
export function sizeCanvases(lab) {
  told = '';
  keepSizes(lab);
}

/** Tells the core the sizes that the page has now, if they are others than before; whether they are. @param {Lab} lab */
export function keepSizes(lab) {
  const sizes = boxes.flatMap(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
  const typeSize = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const density = Math.max(devicePixelRatio, fine);
  const now = [...sizes, density, typeSize].join();
  if (now === told) return false;
  told = now;
  pictures = { names: Object.keys(BOXES), sizes: Float64Array.from(sizes), typeSize };
  lab.resize(pictures.names, pictures.sizes, density, typeSize);
  return true;
}
let told = '';
let fine = 0;

/** Gives the canvases so many pixels to one of CSS at least, as a film wants them. @param {Lab} lab @param {number} density */
export function keepFine(lab, density) {
  fine = density;
  keepSizes(lab);
}

let pictures = { names: [''], sizes: Float64Array.of(), typeSize: 0 };

/** What the core was told last of the sizes. */
export const toldSizes = () => pictures;

/** The pictures that are on the screen, by what the core calls them. */
export const shownPictures = () => Object.keys(BOXES).filter((name) => byId(BOXES[name] ?? '', HTMLElement).checkVisibility());

/** The boxes of a picture that are on the screen: of plots and panels all that stand side by side. @param {string} picture */
export const boxesOf = (picture) => (picture === 'plot' ? PLOTS : picture === 'panel' ? NETS.map((net) => `${net}-plot`) : [BOXES[picture] ?? ''])
  .map((id) => byId(id, HTMLElement)).filter((box) => box.checkVisibility());

/** @param {() => void} changed is told when a plot has another size or the screen other pixels */
export function watchSizes(changed) {
  const observer = new ResizeObserver(changed);
  for (const box of boxes) observer.observe(box);
  watchRatio();

  function watchRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      changed();
      watchRatio();
    }, { once: true });
  }
}
