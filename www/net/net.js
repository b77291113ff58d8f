// The Network lab: a panel for each run, and the net's picture with what it is made of. The core
// draws the panels and the edges; the nodes are buttons, which the keyboard and a screen reader reach.
// Beside it: told.js, the net in numbers.

import { NETS } from '../core/canvases.js';
import { controlList } from '../controls/controls.js';
import { DECK } from '../deck/deck.js';
import { byId, el, setText } from '../dom/element.js';
import { ARROWS, handOn, keysOn, placeOn, readingOf } from '../core/pointer.js';
import { copyOf } from '../dom/template.js';

/** @import { Action, Change, Live, Model, Net, NetNode } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** @param {Page} page @returns {Part} */
export function netPart(page) {
  const { lab } = page;
  const { mostLayers, netKey } = page.catalog.nets;
  const nets = byId('nets', HTMLElement);
  const title = byId('net-title', HTMLElement);
  const less = byId('layer-less', HTMLButtonElement);
  const more = byId('layer-more', HTMLButtonElement);
  const brush = byId('net-brush', HTMLElement);
  const features = byId('net-features', HTMLElement);
  const showLayers = textBox(page, 'net-layers');
  const showDials = controlList(page, byId('net-dials', HTMLElement));
  const picture = netPicture(page);
  /** What each chip does. @type {WeakMap<HTMLElement, Action>} */
  const actions = new WeakMap();
  /** @type {Net | null} */
  let net = null;

  byId('new-seed', HTMLButtonElement).addEventListener('click', () => page.act('new-seed'));
  less.addEventListener('click', () => page.act({ layers: { change: 'less' } }));
  more.addEventListener('click', () => page.act({ layers: { change: 'more' } }));

  /** @param {Model} model */
  function show(model) {
    net = model.net;
    if (!net) return;
    const { panels, hidden } = net;
    nets.dataset.count = String(panels.length);
    // Every unit of the largest layer has a place of its own.
    document.documentElement.style.setProperty('--most-units', String(Math.max(...hidden, net.nodes.filter(({ layer }) => layer < 0).length)));
    NETS.forEach((name, index) => {
      const panel = byId(`${name}-panel`, HTMLElement);
      const { title: words = '', color = '' } = panels[index] ?? {};
      // The first keeps the place where all are gone.
      panel.hidden = index > 0 && !words;
      panel.style.setProperty('--color', color);
      setText(byId(`${name}-title`, HTMLElement), words);
    });
    setText(title, net.title);
    showLayers(netKey, net.layers);
    less.disabled = hidden.length === 0;
    more.disabled = hidden.length >= mostLayers;
    showDials(net.dials.net);
    showChips(features, net.features.map(({ key, symbol, on }) => ({ name: symbol, text: symbol, on, action: { feature: { key } } })));
    showChips(brush, net.brush?.classes.map(({ name, color }, index) =>
      // There is room for its last word.
      ({ name, text: name.split(' ').at(-1), color, on: index === net?.brush?.chosen, action: { brush: { class: index } } })) ?? []);
    picture.show(net);
  }

  /**
   * @param {HTMLElement} parent
   * @param {{name: string, text?: string, on: boolean, action: Action, color?: string}[]} chips
   */
  function showChips(parent, chips) {
    fit(parent, chips.length, () => {
      const chip = el('button', { type: 'button', className: 'chip' });
      chip.addEventListener('click', () => {
        const action = actions.get(chip);
        if (action) page.act(action);
      });
      return chip;
    }).forEach((chip, index) => {
      const { name = '', text = '', on, action, color = '' } = chips[index] ?? {};
      if (action) actions.set(chip, action);
      chip.style.setProperty('--color', color);
      chip.setAttribute('aria-pressed', String(on));
      chip.setAttribute('aria-label', name);
      chip.title = name;
      setText(chip, text);
    });
    parent.hidden = chips.length === 0;
  }

  return {
    show,
    advance: picture.advance,
    drawn() {
      if (net) picture.paint(lab.net_tiles());
    },
  };
}

/** @param {Page} page */
function netPicture(page) {
  const { lab } = page;
  const { mostUnits, tile, weightKey } = page.catalog.nets;
  const picture = byId('net-picture', HTMLElement);
  const edges = byId('net-edges', HTMLCanvasElement);
  const group = byId('net-nodes', HTMLElement);
  const heads = byId('net-heads', HTMLElement);
  /** @type {HTMLElement[]} */
  let buttons = [];
  /** @type {NetNode[]} */
  let nodes = [];
  let shown = '';
  let lit = '';

  /** @param {Net} net */
  function show(net) {
    ({ nodes } = net);
    const now = JSON.stringify([nodes, net.heads]);
    if (now === shown) return;
    shown = now;
    lit = '';
    buttons = fit(group, nodes.length, () => {
      const { element: button, part } = copyOf('node-template');
      const canvas = part('tile', HTMLCanvasElement);
      canvas.width = canvas.height = tile;
      button.addEventListener('click', () => page.set(weightKey, nodes[buttons.indexOf(button)]?.weight ?? ''));
      button.addEventListener('focus', () => {
        for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
      });
      return button;
    });
    buttons.forEach((button, index) => {
      const node = nodes[index];
      if (!node) return;
      const { layer, x, y, side, label, says } = node;
      Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${side}px`, height: `${side}px` });
      button.classList.toggle('input', layer < 0);
      button.setAttribute('aria-label', says);
      setText(/** @type {HTMLElement} */ (button.lastChild), label);
    });
    if (!buttons.some(({ tabIndex }) => tabIndex === 0) && buttons[0]) buttons[0].tabIndex = 0;
    fit(heads, net.heads.length, (index) => {
      const { element, part } = copyOf('units-template');
      for (const change of /** @type {Change[]} */ (['less', 'more'])) {
        const button = part(change, HTMLButtonElement);
        button.setAttribute('aria-label', `One unit ${change} in layer ${index + 1}`);
        button.addEventListener('click', () => page.act({ units: { layer: index + 1, change } }));
      }
      return element;
    }).forEach((element, index) => {
      const { x = 0, units = 0 } = net.heads[index] ?? {};
      const [less, count, more] = element.children;
      element.style.left = `${x}px`;
      if (!(less instanceof HTMLButtonElement && more instanceof HTMLButtonElement && count instanceof HTMLElement)) return;
      less.disabled = units <= 1;
      more.disabled = units >= mostUnits;
      setText(count, String(units));
    });
    // Where layers are too close for buttons there are none: the text above sets all layers.
    heads.classList.remove('narrow');
    const [{ x: first = 0 } = {}, { x: second = Infinity } = {}] = net.heads;
    const widest = Math.max(...[...heads.children].map(({ clientWidth }) => clientWidth));
    heads.classList.toggle('narrow', second - first < widest);
  }

  /** @param {Live} live */
  function advance({ net }) {
    if (!net) return;
    const units = net.passes?.lit;
    const now = JSON.stringify(units);
    if (now === lit) return;
    lit = now;
    nodes.forEach(({ layer, unit }, index) => buttons[index]?.classList.toggle('lit',
      layer === units?.layer && units.units.includes(unit)));
  }

  /** @param {Uint8Array} bytes a square of RGBA for each node, or nothing */
  function paint(bytes) {
    const size = tile * tile * 4;
    if (bytes.length !== size * buttons.length) return;
    buttons.forEach(({ firstChild }, index) => {
      const pixels = new Uint8ClampedArray(bytes.slice(index * size, (index + 1) * size));
      const canvas = /** @type {HTMLCanvasElement} */ (firstChild);
      canvas.getContext('2d')?.putImageData(new ImageData(pixels, tile), 0, 0);
    });
  }

  // To the nearest unit of the next layer, or to the next unit of this one.
  keysOn(group, ({ key }) => {
    const arrow = ARROWS[key];
    const from = nodes[buttons.findIndex((button) => button === document.activeElement)];
    if (!arrow || !from) return false;
    const [right, down] = arrow;
    const far = (/** @type {NetNode} */ { unit, y }) => (right ? Math.abs(y - from.y) : Math.abs(unit - from.unit - down));
    const near = nodes.filter(({ layer, unit }) => layer === from.layer + right && (right || unit === from.unit + down));
    const to = near.reduce((/** @type {NetNode | undefined} */ best, node) => (best && far(best) <= far(node) ? best : node), undefined);
    if (to) buttons[nodes.indexOf(to)]?.focus();
    return true;
  });

  const unlight = () => lab.leave('net');
  const { read, leave } = readingOf(page, picture, {
    readout: byId('net-readout', HTMLElement),
    at(at, { target }) {
      const told = target === edges ? lab.hover('net', 0, ...at) : '';
      if (!told) unlight();
      return told;
    },
    leave: unlight,
  });
  handOn(picture, { hover: read, leave });
  edges.addEventListener('click', (event) => {
    const name = lab.pick('net', ...placeOn(picture, event));
    if (!name) return;
    page.set(weightKey, name);
    page.set(DECK, 'weights');
  });
  return { show, advance, paint };
}

/**
 * The children of an element, as many as there shall be: those that are there stay, and keep the
 * focus.
 * @template {HTMLElement} T
 * @param {HTMLElement} parent
 * @param {number} count
 * @param {(index: number) => T} make
 * @returns {T[]}
 */
function fit(parent, count, make) {
  while (parent.children.length > count) parent.lastChild?.remove();
  while (parent.children.length < count) parent.append(make(parent.children.length));
  return /** @type {T[]} */ ([...parent.children]);
}

/**
 * A box for text that is set when it is finished; what is wrong with it stands in `#id-fault`.
 * @param {Page} page
 * @param {string} id
 */
export function textBox(page, id) {
  const input = byId(id, HTMLInputElement);
  const fault = byId(`${id}-fault`, HTMLElement);
  let key = '';
  let text = '';
  /** @param {string} words */
  function complain(words) {
    setText(fault, words);
    input.setAttribute('aria-invalid', String(!!words));
  }
  input.addEventListener('change', () => complain(page.set(key, input.value)?.message ?? ''));
  return (/** @type {string} */ nextKey, /** @type {string} */ next) => {
    key = nextKey;
    if (next === text) return;
    text = input.value = next;
    complain('');
  };
}
