// Scenes: prepared experiments, each a link with a title and a few sentences. They are turned through
// one by one: those of a lesson, which goes through all labs, or else those of the lab.

import { isFirstVisit } from '../address/kept.js';
import { byId, el, setText, typeset } from '../dom/element.js';
import { showScene } from '../opening/opening.js';
import { sheetOf } from '../dom/sheet.js';
import { copyOf } from '../dom/template.js';

/** @import { Offer } from '../lesson/writing.js' */
/** @import { LabEntry, Lesson, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** The lesson that is offered once. */
const FIRST_STEPS = 'first-steps';

/**
 * What is turned through.
 * @typedef {object} Sequence
 * @property {string} key of the lab or the lesson
 * @property {Lesson | undefined} lesson
 * @property {{title: string, text: string}[]} scenes
 */

/**
 * @param {Page} page
 * @param {() => Lesson[]} all the lessons that there are
 * @param {() => Offer[]} offers what can be done with lessons besides
 * @returns {Part & {turn: (by: 1 | -1) => boolean, isLesson: () => boolean, about: () => {notes: string, next: string}}}
 */
export function scenesPart(page, all, offers) {
  const title = byId('scene-title', HTMLButtonElement);
  const list = byId('scene-list', HTMLElement);
  const again = byId('scene-again', HTMLButtonElement);
  const panels = byId('scene-panels', HTMLButtonElement);
  const tries = byId('scene-tries', HTMLElement);
  const triesOpen = byId('scene-tries-open', HTMLButtonElement);
  const first = byId('scene-first', HTMLButtonElement);
  const root = document.documentElement;
  const isFirst = isFirstVisit();
  /** Another list when a lesson is another. */
  let lessons = all();
  /** @type {Sequence} */
  let sequence = { key: '', lesson: undefined, scenes: [] };
  /** The one that is open as it came, and the one that it was, whatever was changed; −1 for none. */
  let [open, scene] = [-1, -1];
  /** The last scene of the sequence that there was: where turning goes on from what is none. */
  let last = -1;

  sheetOf(list, () => list.replaceChildren(...contents()));
  sheetOf(tries);
  /**
   * Opens one with the reader's own light and size, unlike its bare link. A clicker may be pressed
   * again before the next frame shows it.
   * @param {number} index
   */
  function enter(index) {
    if (sequence.lesson) page.act({ lesson: { key: sequence.key, scene: index } });
    else page.act({ scene: { index } });
    [open, scene, last] = [index, index, index];
  }

  /**
   * From a changed scene, "next" is the one after it and "previous" is the scene itself. A lesson has
   * an end; tells whether it was not there yet.
   * @param {1 | -1} by
   */
  function turn(by) {
    const { lesson, scenes: { length } } = sequence;
    const next = last + by;
    if (last < 0) enter(by > 0 ? 0 : length - 1);
    else if (open < 0 && by < 0) enter(last);
    else if (!lesson) enter((next + length) % length);
    else if (next >= 0 && next < length) enter(next);
    else return false;
    return true;
  }
  byId('scene-back', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('scene-forth', HTMLButtonElement).addEventListener('click', () => turn(1));
  again.addEventListener('click', () => {
    enter(scene);
    // The button goes away, and the focus with it.
    title.focus();
  });
  first.addEventListener('click', () => page.act({ lesson: { key: FIRST_STEPS, scene: 0 } }));
  panels.addEventListener('click', () => page.act({ panels: { all: panels.ariaExpanded !== 'true' } }));

  /** @param {Model} model @param {LabEntry} entry */
  function show(model, entry) {
    const { lesson: place } = model;
    const isSame = lessons === all();
    lessons = all();
    const lesson = lessons.find(({ key }) => key === place?.key);
    const key = lesson?.key ?? entry.key;
    if (sequence.key !== key || !isSame) {
      if (sequence.key !== key) last = -1;
      sequence = {
        key, lesson, scenes: lesson?.scenes ?? entry.presets.map(({ title, sentence }) => ({ title, text: sentence })),
      };
    }
    [scene, open] = place ? [place.scene, place.isChanged ? -1 : place.scene] : [model.scene, model.preset];
    if (scene >= 0) last = scene;
    const isChanged = open < 0 && scene >= 0;
    const shown = sequence.scenes[scene];
    // While it asks, the scene does not tell what is to be seen.
    // Where another lab is open, nothing is asked, and nothing is told either.
    const asks = lesson?.scenes[scene]?.question;
    const sentence = asks && model.question?.isOpen !== false ? asks.ask : shown?.text;
    title.title = sentence ?? '';
    document.title = `${open < 0 || !shown ? model.surface.name : shown.title} · Ravine`;
    again.hidden = !isChanged;
    showScene({
      title: shown?.title,
      sentence: sentence ?? (model.surface.teaches || `${model.surface.name}.`),
      place: shown ? `${scene + 1} / ${sequence.scenes.length}` : '',
      isChanged,
      isLesson: lesson !== undefined,
    });
    byId('scene-back', HTMLButtonElement).disabled = lesson !== undefined && scene === 0 && !isChanged;
    byId('scene-forth', HTMLButtonElement).disabled = lesson !== undefined && scene === lesson.scenes.length - 1;
    first.hidden = !isFirst || lesson !== undefined || page.lab.link() !== '';
    showOfLesson(lesson?.scenes[scene], place?.showsAll ?? true);
  }

  /** @param {Lesson['scenes'][number] | undefined} shown @param {boolean} showsAll */
  function showOfLesson(shown, showsAll) {
    const isFolded = shown !== undefined && !showsAll;
    if (isFolded) root.dataset.shows = shown.shows.join(' ');
    else delete root.dataset.shows;
    panels.hidden = !shown?.shows.length;
    panels.ariaExpanded = String(!isFolded);
    setText(panels, isFolded ? 'All panels' : 'Fewer panels');
    triesOpen.hidden = !shown?.try.length;
    tries.replaceChildren(el('ul', {}, (shown?.try ?? []).map((words) => el('li', {}, typeset(words)))));
  }

  /** The rows of the list: the scenes in hand, and the lessons that are not. */
  function contents() {
    const { lesson, scenes } = sequence;
    const others = lessons.filter((other) => other !== lesson).map((other) => row({
      title: other.title, text: other.scenes.length === 1 ? 'A lesson of one scene.' : `A lesson in ${other.scenes.length} scenes.`, value: '',
      chosen: () => page.act({ lesson: { key: other.key, scene: 0 } }),
    }));
    const rows = scenes.map(({ title, text }, index) => row({
      title: lesson ? `${index + 1}. ${title}` : title,
      text: lesson ? '' : text, value: String(index), chosen: () => enter(index),
    }));
    const writing = [heading('Your own lesson'), ...offers().map((offer) => row({ ...offer, value: '' }))];
    if (!lesson) return [heading('Lessons'), ...others, ...writing, heading('Scenes of this lab'), ...rows];
    const leave = row({
      title: 'Leave the lesson', text: 'What is shown stays.', value: '', chosen: () => page.act('leave-lesson'),
    });
    return [heading(lesson.title), ...rows, ...writing, heading('Besides'), leave, ...others];
  }

  /** @param {string} words */
  const heading = (words) => el('h3', { textContent: words });

  /** @param {{title: string, text: string, value: string, chosen: () => void}} of */
  function row({ title, text, value, chosen }) {
    const { element, part } = copyOf('scene-template');
    setText(part('title', HTMLElement), title);
    part('sentence', HTMLElement).append(...typeset(text));
    if (element instanceof HTMLButtonElement) element.value = value;
    element.setAttribute('aria-current', String(value !== '' && value === String(open)));
    element.addEventListener('click', () => {
      list.hidePopover();
      chosen();
    });
    return element;
  }

  /** What the lecturer alone is told: the notes of the scene, and the title of the next. */
  function about() {
    const { lesson, scenes } = sequence;
    const next = lesson ? scenes[last + 1] : scenes[(last + 1) % scenes.length];
    return { notes: lesson?.scenes[scene]?.notes ?? '', next: next?.title ?? '' };
  }
  return { show, turn, isLesson: () => sequence.lesson !== undefined, about };
}
