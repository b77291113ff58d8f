// A plot of the data. A click or a key reads it; while data are edited, the hand adds, moves and
// removes examples. The core draws it and knows what lies where; all lengths that pass between are CSS pixels of the plot.

import { NETS } from '../core/canvases.js';
import { byId } from '../dom/element.js';
import { fromJson } from '../core/json.js';
import { note, speak } from '../dom/notes.js';
import { ARROWS, handOn, keysOn, NUDGE_PX, placeOn, readingOf } from '../core/pointer.js';

/** @import { Chosen, Data } from '../model.d.ts' */
/** @import { Page } from '../page.d.ts' */

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
  const { read, leave } = readingOf(page, plot, {
    readout: byId(`${name}-readout`, HTMLElement),
    at(at) {
      plot.dataset.over = lab.data_hit(...at) < 0 ? '' : 'example';
      return slot < 0 ? lab.hover('data', 0, ...at) : lab.hover('panel', slot, ...at);
    },
  });
  let count = 0;
  let chosen = NONE;
  /** The example under the finger (or the mouse) that is down. */
  let held = NONE;
  let lastPress = { time: -Infinity, held: NONE };

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

  handOn(plot, {
    hover: read,
    leave,
    press(at, { ctrlKey }) {
      // With Ctrl it asks for a menu.
      if (ctrlKey) return null;
      held = lab.data_hit(...at);
      choose(held);
      return held >= 0 && edits() ? 'move' : '';
    },
    drag({ at, doing, isClick }) {
      if (doing !== 'move' || isClick || !edits()) return false;
      lab.data_move(held, ...at);
      page.edited();
      return true;
    },
    release({ at, isClick }, { timeStamp }) {
      if (isClick) press(at, timeStamp);
      else lastPress = { time: -Infinity, held: NONE };
    },
    // One that may not be moved leaves the finger to the page.
    holds: (at) => edits() && lab.data_hit(...at) >= 0,
  });

  /** The second press of two is never an example more: it may meet the one that the first added. @param {[number, number]} at @param {number} time */
  function press(at, time) {
    if (!edits()) {
      if (held >= 0) chooseAloud(held);
      return;
    }
    const twice = time - lastPress.time < TWICE_MS;
    if (twice && held >= 0 && held === lastPress.held) remove(held);
    else if (held < 0) add(...at);
    else chooseAloud(held);
    lastPress = twice ? { time: -Infinity, held: NONE } : { time, held };
  }
  plot.addEventListener('contextmenu', (event) => {
    // Only where the hand points: the menu key has no place.
    const points = edits() && (event.button === 2 || event.ctrlKey);
    const index = points ? lab.data_hit(...placeOn(plot, event)) : NONE;
    if (index < 0) return;
    event.preventDefault();
    remove(index);
  });
  keysOn(plot, ({ key, shiftKey }) => {
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
    else return false;
    return true;
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
