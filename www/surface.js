// The surface: the gallery, the formula as it is written and as it is typed, its dials.

import { controlList } from './controls.js';
import { byId, el, setText, showMath } from './element.js';

/** @import { Fault, Model, Page, Part, Surface } from './model.js' */

// The two keys of a link that say which surface it is.
const GALLERY_KEY = 'surface';
const FORMULA_KEY = 'f';

/** The option of the gallery that stands for a formula of one's own. */
const OWN = '';

/** @param {Page} page @returns {Part} */
export function surfacePart(page) {
  const gallery = byId('gallery', HTMLSelectElement);
  const shown = byId('formula-shown', HTMLElement);
  const caption = byId('caption', HTMLElement);
  const showDials = controlList(page, byId('surface-dials', HTMLElement), { terse: true });
  const editor = formulaEditor(page);

  /** @type {Surface | undefined} */
  let surface;
  gallery.addEventListener('change', () => {
    if (gallery.value === OWN) {
      editor.open();
    } else {
      editor.close();
      page.set(GALLERY_KEY, gallery.value);
    }
  });

  /** @param {Model} model */
  function show(model) {
    surface = model.surface;
    if (gallery.options.length !== model.gallery.length + 1) {
      gallery.replaceChildren(
        ...model.gallery.map(({ key, name }) => el('option', { value: key, textContent: name })),
        el('option', { value: OWN, textContent: 'Own formula' }),
      );
    }
    gallery.value = surface.typed ? OWN : surface.key;
    showMath(shown, surface.mathml);
    shown.title = surface.text;
    shown.classList.toggle('long', shown.scrollWidth > shown.clientWidth + 1);
    showDials(surface.dials);
    editor.show(surface);
    setText(caption, model.presets[model.preset]?.sentence ?? surface.teaches);
  }
  return { show };
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
  /** @type {Surface | undefined} */
  let surface;
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
  input.addEventListener('input', () => complain(page.set(FORMULA_KEY, input.value)));
  input.addEventListener('scroll', follow);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    if (input.value !== before) {
      if (key) page.set(GALLERY_KEY, key);
      else page.set(FORMULA_KEY, before);
    }
    close();
  });

  return {
    open,
    close,
    /** @param {Surface} next */
    show(next) {
      surface = next;
      if (form.hidden || document.activeElement === input) return;
      input.value = next.text;
      complain(null);
    },
  };
}
