// A dial on the page: its label, a slider and a number box, or a select, or a switch.
// Nothing here knows a parameter by name: all comes from the core's declaration of it. Beside it:
// scale.js, where on a slider a value is; selects.js, how wide a select is.

import { el, setText } from '../dom/element.js';
import { place, stepped, valueAt } from './scale.js';
import { copyOf } from '../dom/template.js';

/** @import { Dial, Fault, Limit } from '../model.d.ts' */
/** @import { Page } from '../page.d.ts' */

/**
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(dial: Dial) => void} show the same parameter with other values
 * @property {(limit: Limit | undefined) => void} [mark] the stability limit on a slider
 */

let counter = 0;

/**
 * @param {Page} page
 * @param {Dial} dial
 * @param {{terse?: boolean}} [how] terse: the symbol alone is the visible label, if there is one
 * @returns {Control}
 */
export function control(page, dial, { terse = false } = {}) {
  if (dial.scale === 'choice') return choice(page, dial);
  if (dial.scale === 'switch') return toggle(page, dial);
  return slider(page, dial, terse);
}

/**
 * Controls for a list of dials that may be another list the next time: they are built anew only
 * if the parameters are others, so that a slider in the hand stays in the hand.
 * @param {Page} page
 * @param {HTMLElement} parent
 * @param {{terse?: boolean}} [how]
 */
export function controlList(page, parent, how) {
  let shape = '';
  /** @type {Control[]} */
  let controls = [];
  return (/** @type {Dial[]} */ dials) => {
    const now = JSON.stringify(dials.map(({ key, label, scale, choices }) => [key, label, scale, choices]));
    if (now === shape) {
      dials.forEach((dial, index) => controls[index]?.show(dial));
      return;
    }
    shape = now;
    controls = dials.map((dial) => control(page, dial, how));
    parent.replaceChildren(...controls.map(({ element }) => element));
  };
}

/**
 * The same, the dials of each group under its word.
 * @param {Page} page
 * @param {HTMLElement} parent
 */
export function controlGroups(page, parent) {
  /** @type {Map<string, {element: HTMLElement, show: (dials: Dial[]) => void}>} */
  const groups = new Map();
  let shape = '';

  /** @param {string} name */
  function group(name) {
    const { element, part } = copyOf('group-template');
    setText(part('name', HTMLElement), name);
    return { element, show: controlList(page, part('dials', HTMLElement)) };
  }
  return (/** @type {Dial[]} */ dials) => {
    const names = [...new Set(dials.map(({ group: name }) => name))];
    for (const name of names) {
      let there = groups.get(name);
      if (!there) groups.set(name, (there = group(name)));
      there.show(dials.filter((dial) => dial.group === name));
    }
    if (names.join() === shape) return;
    shape = names.join();
    parent.replaceChildren(...names.flatMap((name) => groups.get(name)?.element ?? []));
  };
}

/**
 * @param {Page} page
 * @param {Dial} first
 * @param {boolean} terse
 * @returns {Control}
 */
function slider(page, first, terse) {
  let dial = first;
  /** @type {Limit | undefined} */
  let limitShown;
  let typing = false;
  const id = `dial-${(counter += 1)}`;
  const whole = dial.scale === 'integer' || dial.scale === 'log-integer';
  const { element, part } = copyOf('slider-template', id);
  const range = part('range', HTMLInputElement);
  const number = part('number', HTMLInputElement);
  const tick = part('tick', HTMLElement);
  const fault = part('fault', HTMLElement);
  const label = part('label', HTMLLabelElement);
  element.classList.toggle('terse', terse);
  label.htmlFor = range.id;
  number.inputMode = whole ? 'numeric' : 'decimal';
  number.setAttribute('aria-describedby', fault.id);

  const named = [dial.label, dial.symbol].filter(Boolean).join(' ');
  if (terse && dial.symbol) {
    label.textContent = dial.symbol;
    label.title = dial.label;
  } else {
    label.replaceChildren(el('span', { className: 'word', textContent: dial.label }), dial.symbol && ` ${dial.symbol}`);
  }
  // The label may stand elsewhere, or nowhere: in the transport there is no room for it.
  range.setAttribute('aria-label', named);
  number.setAttribute('aria-label', named);

  /** @param {Fault | null} problem */
  function complain(problem) {
    fault.hidden = !problem;
    fault.textContent = problem?.message ?? '';
    number.setAttribute('aria-invalid', String(!!problem));
  }

  /** @param {number} value */
  function put(value) {
    if (value === dial.value) return;
    dial = { ...dial, value };
    typing = false;
    number.value = String(value);
    fill();
    complain(page.set(dial.key, String(value)));
  }

  function fill() {
    range.style.setProperty('--at', String(place(dial, dial.value)));
  }

  range.addEventListener('input', () => put(valueAt(dial, range.valueAsNumber)));
  number.addEventListener('input', () => {
    // What is typed so far may be half a number: it is taken if it can be, and not yet faulted.
    typing = true;
    if (number.value !== '' && !page.set(dial.key, number.value)) complain(null);
  });
  number.addEventListener('change', () => {
    typing = false;
    const text = number.value;
    complain(text === '' ? { message: `${dial.key} must be a number.` } : page.set(dial.key, text));
  });
  number.addEventListener('blur', () => { typing = false; });
  for (const input of [range, number]) {
    input.addEventListener('keydown', (event) => {
      const count = KEY_STEPS[event.key];
      if (!count || event.ctrlKey || event.metaKey || event.altKey) return;
      if (input === number && !event.key.endsWith('Up') && !event.key.endsWith('Down')) return;
      event.preventDefault();
      put(stepped(dial, event.shiftKey ? count * 10 : count));
      range.valueAsNumber = place(dial, dial.value);
    });
  }
  // A wheel over a focused number box would add and subtract 1, whatever the scale.
  number.addEventListener('wheel', (event) => {
    if (document.activeElement === number) event.preventDefault();
  }, { passive: false });

  /** @param {Dial} next */
  function show(next) {
    // Undone, or turned elsewhere: a fault in what was typed is past.
    if (next.value !== dial.value && !typing) complain(null);
    dial = next;
    const at = place(dial, dial.value);
    // The slider in the hand keeps the hand's place, which rounding would pull away from it.
    if (document.activeElement !== range || valueAt(dial, range.valueAsNumber) !== dial.value) {
      range.valueAsNumber = at;
    }
    if (!typing && fault.hidden && number.value !== dial.text) number.value = dial.text;
    fill();
    tellValue();
  }
  function tellValue() {
    range.setAttribute('aria-valuetext', [dial.text, limitShown?.label].filter(Boolean).join('. '));
  }
  /** @param {Limit | undefined} limit */
  function mark(limit) {
    if (limit?.value === limitShown?.value && limit?.label === limitShown?.label) return;
    limitShown = limit;
    tick.hidden = !limit || limit.value < dial.min || limit.value > dial.max;
    if (limit) tick.style.setProperty('--at', String(place(dial, limit.value)));
    range.title = limit?.label ?? '';
    tellValue();
  }
  show(dial);
  return { element, show, mark };
}

/** @type {Record<string, number>} */
const KEY_STEPS = {
  ArrowUp: 1, ArrowRight: 1, PageUp: 10, ArrowDown: -1, ArrowLeft: -1, PageDown: -10,
};

/**
 * @param {Page} page
 * @param {Dial} first
 * @returns {Control}
 */
function choice(page, first) {
  const { element, part } = copyOf('choice-template');
  const select = part('select', HTMLSelectElement);
  select.append(...first.choices.map(({ key, label }) => el('option', { value: key, textContent: label })));
  select.addEventListener('change', () => page.set(first.key, select.value));
  const named = [first.label, first.symbol].filter(Boolean).join(' ');
  setText(part('label', HTMLElement), named);
  // As of a slider, the label may not be seen.
  select.setAttribute('aria-label', named);
  /** @param {Dial} dial */
  const show = (dial) => { select.value = dial.text; };
  show(first);
  return { element, show };
}

/**
 * @param {Page} page
 * @param {Dial} first
 * @returns {Control}
 */
function toggle(page, first) {
  const { element, part } = copyOf('switch-template');
  const box = part('box', HTMLInputElement);
  box.addEventListener('change', () => page.set(first.key, box.checked ? 'yes' : 'no'));
  setText(part('label', HTMLElement), first.label);
  /** @param {Dial} dial */
  const show = (dial) => { box.checked = dial.value !== 0; };
  show(first);
  return { element, show };
}
