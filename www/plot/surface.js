// The surface, or the problem whose risk it is: the gallery, the formula as it is written and as it
// is typed, its dials.

import { controlList } from '../controls/controls.js';
import { byId, el, showMath } from '../dom/element.js';

/** @import { Fault, LabEntry, Model, Surface } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** The option of the gallery that stands for a formula of one's own. */
const OWN = '';

/** @param {Page} page @returns {Part} */
export function surfacePart(page) {
  const gallery = byId('gallery', HTMLSelectElement);
  const bar = byId('surface', HTMLElement);
  const formula = byId('formula', HTMLElement);
  const head = byId('formula-head', HTMLElement);
  const shown = byId('formula-shown', HTMLElement);
  const showDials = controlList(page, byId('surface-dials', HTMLElement), { terse: true });
  const editor = formulaEditor(page);

  /** @type {Surface | undefined} */
  let surface;
  /** @type {LabEntry | undefined} */
  let lab;
  gallery.addEventListener('change', () => {
    if (gallery.value === OWN && surface && lab?.formulaKey === '') {
      gallery.value = surface.key;
      byId('data-own', HTMLButtonElement).click();
    } else if (gallery.value === OWN) {
      editor.open();
    } else if (lab) {
      editor.close();
      page.set(lab.choiceKey, gallery.value);
    }
  });

  /** @param {Model} model @param {LabEntry} entry */
  function show(model, entry) {
    surface = model.surface;
    if (entry !== lab) {
      lab = entry;
      gallery.replaceChildren(
        ...entry.gallery.map(({ key, name }) => el('option', { value: key, textContent: name })),
        el('option', { value: OWN, textContent: entry.own }),
      );
    }
    gallery.value = surface.typed ? OWN : surface.key;
    showMath(head, surface.head);
    showMath(shown, surface.mathml);
    showDials(surface.dials);
    formula.title = surface.plain;
    editor.show(surface, entry);
  }

  let laid = '';
  /**
   * A formula that finds no room sends the dials to a row of their own. Only another formula or
   * another width decides anew: a slider must not move under the hand that turns it.
   */
  function fit() {
    const { key, text } = surface ?? { key: '', text: '' };
    const now = `${key} ${text} ${bar.clientWidth}`;
    if (now !== laid) {
      laid = now;
      bar.classList.remove('two-rows');
      bar.classList.toggle('two-rows', overflows());
    }
    formula.classList.remove('long');
    formula.classList.toggle('long', overflows());
  }
  const overflows = () => formula.scrollWidth > formula.clientWidth + 1;
  return { show, fit };
}

/**
 * The formula as text. What parses is drawn while it is typed; what does not leaves the last good
 * surface and says, under the place, what is missing.
 * @param {Page} page
 */
function formulaEditor(page) {
  const button = byId('formula-edit', HTMLButtonElement);
  const form = byId('formula-editor', HTMLFormElement);
  const input = byId('formula-text', HTMLInputElement);
  const caret = byId('formula-caret', HTMLElement);
  const fault = byId('formula-fault', HTMLElement);
  const hint = byId('formula-hint', HTMLElement);
  const label = byId('formula-label', HTMLElement);
  /** @type {Surface | undefined} */
  let surface;
  /** @type {LabEntry | undefined} */
  let lab;
  let before = '';
  let key = '';

  /** @param {Fault | null} problem */
  function complain(problem) {
    input.setAttribute('aria-invalid', String(!!problem));
    caret.hidden = problem?.column === undefined;
    caret.style.setProperty('--column', String((problem?.column ?? 1) - 1));
    hint.hidden = !!problem;
    fault.textContent = !problem ? '' : problem.column === undefined || /column/.test(problem.message)
      ? problem.message : `Column ${problem.column}: ${problem.message}`;
    follow();
  }
  /** The mark stays under its character when the text is scrolled. */
  function follow() {
    caret.style.setProperty('--scrolled', `${input.scrollLeft}px`);
  }

  function open() {
    if (!form.hidden || !surface) return;
    before = surface.text;
    key = surface.typed ? '' : surface.key;
    input.value = before;
    form.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    complain(null);
    input.focus();
  }
  function close() {
    if (form.hidden) return;
    const inside = form.contains(document.activeElement);
    form.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    if (inside) button.focus();
  }

  button.addEventListener('click', () => (form.hidden ? open() : close()));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (input.getAttribute('aria-invalid') !== 'true') close();
  });
  input.addEventListener('input', () => {
    if (lab) complain(page.set(lab.formulaKey, input.value));
  });
  input.addEventListener('scroll', follow);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (lab && input.value !== before) {
      if (key) page.set(lab.choiceKey, key);
      else page.set(lab.formulaKey, before);
    }
    close();
  });

  return {
    open,
    close,
    /** @param {Surface} next @param {LabEntry} entry */
    show(next, entry) {
      const other = next.text !== surface?.text;
      // Of another lab: what is being typed means nothing there.
      if (entry !== lab) {
        close();
        lab = entry;
        hint.replaceChildren(...coded(entry.hint));
      }
      showMath(label, next.head);
      // Screen readers take no name from mathematics.
      input.setAttribute('aria-label', label.textContent ?? '');
      surface = next;
      if (form.hidden || !other || document.activeElement === input) return;
      input.value = next.text;
      complain(null);
    },
  };
}

/** Text with `code` between backticks. @param {string} text */
const coded = (text) => text.split('`').map((piece, index) =>
  (index % 2 === 0 ? piece : el('code', { textContent: piece })));
