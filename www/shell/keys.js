// The keys that work everywhere on the page. Those of the plots are in plot.js and data-plot.js; a
// focused number, text or select keeps its own.

import { byId } from '../dom/element.js';
import { singleKeys } from './single.js';

/**
 * @typedef {object} Actions
 * @property {() => void} toggle
 * @property {(by: 1 | -1) => void} step
 * @property {(by: 1 | -1) => void} line
 * @property {(end: 'start' | 'end') => void} to
 * @property {(by: 1 | -1) => void} faster
 * @property {(by: 1 | -1) => void} turn
 * @property {() => boolean} isLesson
 * @property {(by: 1 | -1) => void} go
 * @property {() => void} fit
 * @property {() => void} hill
 * @property {() => void} ring is shown for as long as its key is held
 * @property {import('./present.js').Presenter} presenter with the black screen of the projector's window, where there is one
 */

/** What a clicker sends. @type {Record<string, 1 | -1>} */
const CLICKER = { PageUp: -1, PageDown: 1 };
/** What turns the scenes of a lesson besides, where nothing else on the page takes it. @type {Record<string, 1 | -1>} */
const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };
/** What takes arrow keys itself. */
const TAKES_ARROWS = 'input, select, textarea, [role="application"], [role="slider"], [role="group"], [tabindex="0"], [popover]';

/** @param {Actions} actions */
export function listenToKeys({ toggle, step, line, to, faster, turn, isLesson, go, fit, hill, ring, presenter }) {
  const help = byId('help', HTMLDialogElement);
  byId('help-open', HTMLButtonElement).addEventListener('click', () => help.showModal());
  // What it leads to on the page is behind it.
  help.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a[href^="#"]')) help.close();
  });
  const reachedByKey = watchFocus();
  const areSingleKeysOn = singleKeys();

  /** @type {Record<string, () => unknown>} */
  const keys = {
    ' ': toggle,
    ',': () => step(-1),
    '.': () => step(1),
    '<': () => faster(-1),
    '>': () => faster(1),
    '[': () => line(-1),
    ']': () => line(1),
    Home: () => to('start'),
    End: () => to('end'),
    0: fit,
    f: fit,
    h: hill,
    p: () => presenter.present(),
    b: () => presenter.blacken(),
    r: ring,
    '?': () => help.showModal(),
  };

  // Before the element that has the focus: a clicker knows nothing of sliders.
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (presenter.isBlack()) {
      presenter.blacken(false);
    } else {
      const by = CLICKER[key];
      if (!by || hasModifier(event) || isModal()) return;
      if (typesText(target) && !presenter.isOn()) return;
      // What is half typed belongs to the scene that is left.
      if (typesText(target)) target.blur();
      openSheet()?.hidePopover();
      turn(by);
    }
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });

  /** Whether Space was taken: then a browser that clicks when it is let go must not, either. */
  let spaceTaken = false;
  addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    // On many keyboards AltGr makes the brackets, and some systems report it as Ctrl and Alt.
    const composed = event.getModifierState('AltGraph');
    if (event.defaultPrevented || (altKey && !composed) || isModal()) return;
    if ((ctrlKey || metaKey) && !composed) {
      const by = undoes(key, shiftKey);
      if (!by || typesText(target)) return;
      event.preventDefault();
      go(by);
      return;
    }
    if (key === 'Escape') {
      if (!openSheet()) presenter.present(false);
      return;
    }
    if (keepsKey(target, key, reachedByKey)) return;
    const by = ARROWS[key];
    if (by && isLesson() && !shiftKey && !(target instanceof Element && target.closest(TAKES_ARROWS))) {
      event.preventDefault();
      turn(by);
      return;
    }
    if (key.length === 1 && !areSingleKeysOn()) return;
    const action = keys[key.length === 1 ? key.toLowerCase() : key];
    if (!action) return;
    spaceTaken = key === ' ';
    event.preventDefault();
    action();
  });
  addEventListener('keyup', (event) => {
    if (event.key === ' ' && spaceTaken) event.preventDefault();
    spaceTaken = false;
  }, { capture: true });
}

/** @param {string} key @param {boolean} shift @returns {1 | -1 | 0} */
function undoes(key, shift) {
  if (key.toLowerCase() === 'z') return shift ? 1 : -1;
  return key.toLowerCase() === 'y' ? 1 : 0;
}

const isModal = () => document.querySelector('dialog[open]') !== null;

/** @returns {HTMLElement | null} */
const openSheet = () => document.querySelector(':popover-open');

/** @param {KeyboardEvent} event */
const hasModifier = ({ ctrlKey, metaKey, altKey, shiftKey }) => ctrlKey || metaKey || altKey || shiftKey;

/** @param {EventTarget | null} target @returns {target is HTMLInputElement | HTMLTextAreaElement} */
const typesText = (target) => target instanceof HTMLTextAreaElement
  || (target instanceof HTMLInputElement && (target.type === 'text' || target.type === 'number'));

/**
 * Tells whether the focus came to an element by a key: then Space is that element's, as whoever
 * goes by keyboard expects. After a click on it Space plays and pauses, as in any player.
 * @returns {(target: EventTarget | null) => boolean}
 */
function watchFocus() {
  let byKey = false;
  /** @type {EventTarget | null} */
  let reached = null;
  addEventListener('keydown', () => { byKey = true; }, { capture: true });
  addEventListener('pointerdown', () => { byKey = false; reached = null; }, { capture: true });
  addEventListener('focusin', ({ target }) => { reached = byKey ? target : null; }, { capture: true });
  return (target) => target === reached;
}

/**
 * @param {EventTarget | null} target
 * @param {string} key
 * @param {(target: EventTarget | null) => boolean} reachedByKey
 */
function keepsKey(target, key, reachedByKey) {
  if (typesText(target)) return true;
  if (key === ' ') return reachedByKey(target) && usesSpace(target);
  if (target instanceof HTMLSelectElement) return true;
  const ends = key === 'Home' || key === 'End';
  // Among the cards these keys scroll.
  return ends && (target instanceof HTMLInputElement || (target instanceof Element && !!target.closest('.side')));
}

/** @param {EventTarget | null} target */
const usesSpace = (target) => target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement
  || target instanceof HTMLSelectElement
  || (target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio'));
