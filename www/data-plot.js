// A plot of the data. A click or a key reads it; while data are edited, the hand adds, moves and
// removes examples. The core draws it and knows what lies where; all lengths that pass between are CSS pixels of the plot.

import { NETS } from './canvases.js';
import { byId, showRows } from './element.js';
import { fromJson } from './json.js';
import { note, speak } from './notes.js';
import { ARROWS, CLICK_PX, NUDGE_PX } from './plot.js';

/** @import { Chosen, Data } from './model.d.ts' */
/** @import { Page } from './page.d.ts' */

/** Two presses within this time are one double press. */
const TWICE_MS = 400;
const BESIDE_PX = 16;
const NONE = -1;
/** The keys that change the data, besides the arrows with Shift. */
const CHANGES = ['Enter', '+', 'Delete', 'Backspace'];

/**
 * @param {Page} page
 * @param {(given: string | Blob) => void} offer shows a table that was pasted or dropped
 * @param {string} name what the plot's ids begin with
 * @param {() => boolean} edits whether the hand may change the data
 * @returns {{show: (data: Data | null) => void}}
 */
export function dataPlot(page, offer, name, edits) {
  const { lab } = page;
  /** Of a net's picture: which it is. */
  const slot = NETS.indexOf(name);
  const plot = byId(`${name}-plot`, HTMLElement);
  const readout = byId(`${name}-readout`, HTMLElement);
  let count = 0;
  let chosen = NONE;
  /** The finger (or the mouse) that is down, and the example under it. */
  let finger = NONE;
  let held = NONE;
  let travelled = 0;
  /** @type {[number, number]} */
  let before = [0, 0];
  let lastPress = { time: -Infinity, held: NONE };

  /** @param {MouseEvent} event @returns {[number, number]} */
  function at(event) {
    const box = plot.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** @param {number} index @returns {Chosen | null} */
  function choose(index) {
    chosen = index;
    const told = lab.data_choose(index);
    page.moved();
    return told ? fromJson(told) : null;
  }
  /** @param {number} index */
  function chooseAloud(index) {
    const told = choose(index);
    if (told) speak(told.text);
  }
  /** @param {number} x @param {number} y */
  function add(x, y) {
    const index = lab.data_add(x, y);
    if (index < 0) {
      note('There can be at most 2,000 examples.');
      return;
    }
    count += 1;
    page.edited();
    chooseAloud(index);
  }
  /** @param {number} index */
  function remove(index) {
    if (index < 0) return;
    lab.data_remove(index);
    count -= 1;
    page.edited();
    chooseAloud(Math.min(index, count - 1));
  }

  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.ctrlKey || finger !== NONE) return;
    before = at(event);
    finger = event.pointerId;
    held = lab.data_hit(...before);
    travelled = 0;
    plot.setPointerCapture(finger);
    choose(held);
    plot.dataset.doing = held >= 0 && edits() ? 'move' : '';
  });
  plot.addEventListener('pointermove', (event) => {
    const [x, y] = at(event);
    if (event.pointerId !== finger) {
      if (event.pointerType !== 'touch') hover(x, y);
      return;
    }
    travelled += Math.hypot(x - before[0], y - before[1]);
    before = [x, y];
    if (held < 0 || travelled <= CLICK_PX || !edits()) return;
    lab.data_move(held, x, y);
    page.edited();
    hover(x, y);
  });
  /** @param {PointerEvent} event */
  function up(event) {
    if (event.pointerId !== finger) return;
    finger = NONE;
    plot.dataset.doing = '';
    if (event.type === 'pointerup' && travelled <= CLICK_PX) press(event);
    else lastPress = { time: -Infinity, held: NONE };
    if (event.pointerType === 'touch') leave();
  }
  plot.addEventListener('pointerup', up);
  plot.addEventListener('pointercancel', up);
  plot.addEventListener('pointerleave', () => { if (finger === NONE) leave(); });

  /** The second press of two is never an example more: it may meet the one that the first added. @param {PointerEvent} event */
  function press(event) {
    if (!edits()) {
      if (held >= 0) chooseAloud(held);
      return;
    }
    const twice = event.timeStamp - lastPress.time < TWICE_MS;
    if (twice && held >= 0 && held === lastPress.held) remove(held);
    else if (held < 0) add(...at(event));
    else chooseAloud(held);
    lastPress = twice ? { time: -Infinity, held: NONE } : { time: event.timeStamp, held };
  }
  plot.addEventListener('contextmenu', (event) => {
    // Only where the hand points: the menu key has no place.
    const points = edits() && (event.button === 2 || event.ctrlKey);
    const index = points ? lab.data_hit(...at(event)) : NONE;
    if (index < 0) return;
    event.preventDefault();
    remove(index);
  });
  // A finger on an example that may be moved drags it; anywhere else it may scroll the page.
  plot.addEventListener('touchstart', (event) => {
    const touch = event.touches[0];
    const box = plot.getBoundingClientRect();
    if (touch && edits() && lab.data_hit(touch.clientX - box.left, touch.clientY - box.top) >= 0) event.preventDefault();
  }, { passive: false });

  /** @param {number} x @param {number} y */
  function hover(x, y) {
    const told = slot < 0 ? lab.hover('data', 0, x, y) : lab.hover('panel', slot, x, y);
    plot.dataset.over = lab.data_hit(x, y) < 0 ? '' : 'example';
    page.moved();
    readout.hidden = !told;
    if (!told) return;
    const { rows } = fromJson(told);
    showRows(readout, rows);
    readout.classList.toggle('left', x > plot.clientWidth / 2);
  }
  function leave() {
    readout.hidden = true;
    page.moved();
  }

  plot.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey } = event;
    const arrow = ARROWS[key];
    const changes = (arrow && shiftKey) || CHANGES.includes(key);
    if (changes && !edits()) note('To change the data, switch on “Edit data”.');
    else if (arrow && shiftKey) move(arrow);
    else if (arrow) {
      const by = arrow[0] || arrow[1];
      if (count > 0) chooseAloud(chosen < 0 ? (by > 0 ? 0 : count - 1) : (chosen + by + count) % count);
    } else if (key === 'Enter' || key === '+') addBeside();
    else if (key === 'Delete' || key === 'Backspace') remove(chosen);
    else if (key === 'Escape' && chosen >= 0) choose(NONE);
    else return;
    event.preventDefault();
  });
  /** @param {[number, number]} arrow */
  function move([right, down]) {
    if (chosen < 0) return;
    lab.data_nudge(chosen, right * NUDGE_PX, down * NUDGE_PX);
    page.edited();
    chooseAloud(chosen);
  }
  /** Beside the chosen example, inwards; in the middle if none is chosen. */
  function addBeside() {
    const middle = plot.clientWidth / 2;
    const [x, y] = choose(chosen)?.at ?? [middle, plot.clientHeight / 2];
    if (chosen < 0) add(x, y);
    else add(x + (x < middle ? BESIDE_PX : -BESIDE_PX), y);
  }

  plot.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain');
    if (text) offer(text);
  });
  plot.addEventListener('dragover', (event) => event.preventDefault());
  plot.addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    const given = file ?? event.dataTransfer?.getData('text/plain');
    if (given) offer(given);
  });

  return {
    show(data) {
      count = data?.count ?? 0;
      if (chosen >= count) choose(NONE);
    },
  };
}
