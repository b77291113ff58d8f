// Beside the net's picture: its passes by the numbers, the weights into a unit, the loss surface.

import { controlList } from '../controls/controls.js';
import { byId, el, setText, showMath } from '../dom/element.js';
import { textBox } from './net.js';
import { ON_HILL, turnedByHand } from '../plot/orbit.js';
import { copyOf } from '../dom/template.js';

/** @import { Live, LiveNet, Model, Passes, WeightRow } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** While the clock runs, numbers change no oftener than they can be read. */
const EVERY_MS = 60;

/** @param {Page} page @returns {Part & {turn: (by: 1 | -1) => void}} */
export function toldPart(page) {
  const { lab } = page;
  const pair = byId('land-pair', HTMLElement);
  const progress = byId('land-progress', HTMLProgressElement);
  const note = byId('land-note', HTMLElement);
  const land = byId('land', HTMLElement);
  const fromAbove = land.getAttribute('aria-label') ?? '';
  const unitTitle = byId('unit-title', HTMLElement);
  const showPassDials = controlList(page, byId('pass-dials', HTMLElement), { terse: true });
  const showLossDials = controlList(page, byId('losses-dials', HTMLElement), { terse: true });
  const showLandDials = controlList(page, byId('land-dials', HTMLElement));
  const showPair = textBox(page, 'net-pair');
  const showPasses = passesOf();
  const showRows = weightRows(page);
  let isNet = false;
  let isHill = false;
  let told = 0;

  byId('pass-back', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('pass-forth', HTMLButtonElement).addEventListener('click', () => turn(1));

  turnedByHand(page, land, 'land', () => isHill);

  /** One stage of the passes on (1) or back (−1). @param {1 | -1} by */
  function turn(by) {
    if (!isNet) return;
    lab.turn(by);
    page.edited();
  }

  /** @param {Model} model */
  function show({ net }) {
    isNet = !!net;
    if (!net) return;
    showPassDials(net.dials.passes);
    showLossDials(net.dials.losses);
    showLandDials(net.dials.surface);
    pair.hidden = net.pair === null;
    isHill = net.hill;
    land.dataset.picture = isHill ? 'hill' : 'plot';
    land.setAttribute('role', isHill ? 'application' : 'img');
    land.setAttribute('aria-label', isHill ? ON_HILL : fromAbove);
    land.toggleAttribute('tabindex', isHill);
    if (isHill) land.tabIndex = 0;
    showPair(page.catalog.nets.pairKey, net.pair ?? '');
  }

  /** @param {Live} live */
  function advance({ net, playing }) {
    const now = performance.now();
    if (!net || (playing && now - told < EVERY_MS)) return;
    told = now;
    tell(net);
  }

  /** @param {LiveNet} live */
  function tell({ passes, unit, surface }) {
    if (passes) showPasses(passes);
    if (unit) {
      setText(unitTitle, unit.title);
      showRows(unit.rows);
    }
    progress.hidden = surface.progress >= 1;
    progress.value = surface.progress;
    setText(note, surface.note);
  }
  return { show, advance, turn };
}

/** The stage that is shown. */
function passesOf() {
  const place = byId('pass-place', HTMLElement);
  const title = byId('pass-title', HTMLElement);
  const list = byId('pass-lines', HTMLElement);

  return (/** @type {Passes} */ passes) => {
    setText(place, `${passes.at} of ${passes.count}`);
    setText(title, passes.title);
    while (list.children.length > passes.lines.length) list.lastChild?.remove();
    passes.lines.forEach(({ label, pieces }, index) => {
      let line = list.children[index];
      if (!line) list.append((line = el('div', {}, [el('span', { className: 'muted' }), el('div')])));
      const [name, formulas] = line.children;
      if (name instanceof HTMLElement) setText(name, label);
      if (formulas instanceof HTMLElement) showMath(formulas, pieces.join(''));
    });
  };
}

/** @param {Page} page */
function weightRows(page) {
  const { lab } = page;
  const body = byId('unit-rows', HTMLElement);
  /** @type {{input: HTMLInputElement, cells: HTMLElement[]}[]} */
  let shown = [];
  let keys = '';

  /** @param {string} name of the weight whose edge stands out */
  function light(name) {
    lab.focus('net', name);
    page.moved();
  }
  /** @param {WeightRow} weight */
  function rowOf({ key, name, from }) {
    const { element: row, part } = copyOf('weight-template');
    const input = part('value', HTMLInputElement);
    input.setAttribute('aria-label', name);
    input.addEventListener('change', () => {
      const fault = page.set(key, input.value);
      input.setAttribute('aria-invalid', String(!!fault));
      input.title = fault?.message ?? '';
    });
    setText(part('name', HTMLElement), name);
    setText(part('from', HTMLElement), from);
    for (const enters of ['pointerenter', 'focusin']) row.addEventListener(enters, () => light(name));
    for (const leaves of ['pointerleave', 'focusout']) row.addEventListener(leaves, () => light(''));
    body.append(row);
    return { input, cells: [part('gradient', HTMLElement), part('change', HTMLElement)] };
  }

  return (/** @type {WeightRow[]} */ rows) => {
    const now = rows.map(({ key, from }) => key + from).join();
    if (now !== keys) {
      keys = now;
      body.replaceChildren();
      shown = rows.map(rowOf);
    }
    shown.forEach(({ input, cells }, index) => {
      const row = rows[index];
      if (!row) return;
      if (document.activeElement !== input && input.value !== row.text) input.value = row.text;
      [row.grad, row.change].forEach((text, at) => setText(/** @type {HTMLElement} */ (cells[at]), text));
      input.closest('tr')?.classList.toggle('lit', row.chosen);
    });
  };
}
