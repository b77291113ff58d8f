// The texts of a scene, and of its lesson, in fields. What is typed stays there, taken or not.

import { byId, el, setText } from '../dom/element.js';
import { fromJson } from '../core/json.js';
import { questionFields } from './asked.js';
import { PANELS } from './scene.js';

/** @import { Lab } from '../../core/ravine.js' */
/** @import { Model, Scene } from '../model.d.ts' */
/** @import { Content } from './shelf.js' */

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** The parts of a link that say where the clock stands. */
const CLOCK = ['step', 'line'];
/** @param {string} link @param {string} key */
const valueIn = (link, key) => link.split('&').find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1);

/**
 * @param {Lab} lab
 * @param {(change: (lesson: Content, scene: number) => void) => void} edit changes the lesson at the scene at hand
 * @param {() => void} left is told when a field is left
 */
export function fieldsOf(lab, edit, left) {
  const ofLesson = byId('writing-lesson', HTMLInputElement);
  const paused = byId('writing-paused', HTMLInputElement);
  const shows = byId('writing-shows', HTMLFieldSetElement);
  /** @type {{name: string, field: Field, read: (scene: Scene) => string, write: (scene: Scene, text: string) => void}[]} */
  const all = [
    text('title', 'writing-title', HTMLInputElement),
    text('text', 'writing-text', HTMLTextAreaElement),
    {
      name: 'try',
      field: byId('writing-try', HTMLTextAreaElement),
      read: (scene) => scene.try.join('\n'),
      write(scene, lines) { scene.try = lines.split('\n').filter((line) => line.trim() !== ''); },
    },
    text('notes', 'writing-notes', HTMLTextAreaElement),
    text('link', 'writing-link', HTMLInputElement),
  ];
  /** Of which scene of which lesson the fields are. */
  let filled = '';
  let focusesNext = false;
  const boxes = PANELS.map(({ key, label }) => {
    const [box, words] = [el('input', { type: 'checkbox', value: key }), el('span')];
    const line = el('label', { className: 'writing-box' }, [box, words]);
    shows.append(line);
    return { key, label, box, words, line };
  });

  /**
   * A field whose text is the scene's own.
   * @param {'title' | 'text' | 'notes' | 'link'} name @param {string} id @param {new () => Field} kind
   */
  function text(name, id, kind) {
    return {
      name,
      field: byId(id, kind),
      read: (/** @type {Scene} */ scene) => scene[name],
      write(/** @type {Scene} */ scene, /** @type {string} */ typed) { scene[name] = typed; },
    };
  }

  /** @param {(scene: Scene) => void} change */
  const editScene = (change) => edit(({ scenes }, at) => {
    const scene = scenes[at];
    if (scene) change(scene);
  });
  const question = questionFields(editScene);
  for (const { field, write } of all) field.addEventListener('input', () => editScene((scene) => write(scene, field.value)));
  ofLesson.addEventListener('input', () => edit((lesson) => { lesson.title = ofLesson.value; }));
  // What the core writes otherwise than it was typed is shown so when the field is left.
  for (const field of [ofLesson, ...question.texts, ...all.map(({ field }) => field)]) {
    field.addEventListener('blur', () => {
      filled = '';
      left();
    });
  }

  shows.addEventListener('change', () => {
    const there = boxes.filter(({ line }) => !line.hidden);
    const ticked = there.filter(({ box }) => box.checked);
    // All of them: then none is named.
    const keys = ticked.length === there.length ? [] : ticked.map(({ box }) => box.value);
    editScene((scene) => { scene.shows = PANELS.map(({ key }) => key).filter((key) => keys.includes(key)); });
  });
  paused.addEventListener('change', () => editScene((scene) => {
    const rest = scene.link.split('&').filter((part) => part && !CLOCK.some((key) => part.startsWith(`${key}=`)));
    const step = fromJson(lab.live()).step;
    scene.link = (paused.checked ? [...rest, `step=${step}`] : rest).join('&');
  }));

  return {
    first: all[0]?.field ?? ofLesson,
    /** The fields are of another scene, though perhaps in the same place. */
    leave() { filled = ''; },
    /** The first field gets the focus as soon as it is there. */
    focusNext() { focusesNext = true; },
    /**
     * @param {Content} lesson @param {string} key @param {number} at
     * @param {string[]} faults
     * @param {Model} model
     */
    show(lesson, key, at, faults, model) {
      const scene = lesson.scenes[at];
      if (!scene) return;
      const isOther = filled !== `${key} ${at}`;
      const active = document.activeElement;
      // The hand that types is not disturbed.
      const put = (/** @type {Field} */ field, /** @type {string} */ value) => {
        if ((isOther || field !== active) && field.value !== value) field.value = value;
      };
      put(ofLesson, lesson.title);
      mark(ofLesson, faults, 'The lesson: title');
      for (const { name, field, read } of all) {
        put(field, read(scene));
        mark(field, faults, `Scene ${at + 1}: ${name}`);
      }
      question.show(scene, model, put);
      question.mark((field, name) => mark(field, faults, `Scene ${at + 1}, question: ${name}`));
      filled = `${key} ${at}`;
      showPanels(scene, model);
      const step = valueIn(scene.link, 'step');
      paused.checked = step !== undefined;
      setText(byId('writing-step', HTMLElement), step === undefined ? 'opens paused, at the step that is shown' : `opens paused, at step ${step}`);
      if (focusesNext) {
        focusesNext = false;
        this.first.focus();
        if (this.first instanceof HTMLInputElement) this.first.select();
      }
    },
  };

  /** @param {Scene} scene @param {Model} model */
  function showPanels(scene, model) {
    let ticked = 0;
    for (const { key, label, box, words, line } of boxes) {
      setText(words, label(model));
      line.hidden = !label(model);
      box.checked = !line.hidden && (scene.shows.length === 0 || scene.shows.includes(key));
      ticked += Number(box.checked);
    }
    // One at least stays.
    for (const { box } of boxes) box.disabled = box.checked && ticked === 1;
  }
}

/** @param {Field} field @param {string[]} faults @param {string} start of those that are about it */
function mark(field, faults, start) {
  const isBad = faults.some((fault) => fault.startsWith(start) && /^[ ,]/.test(fault.slice(start.length)));
  field.setAttribute('aria-invalid', String(isBad));
}
