// A lesson in the making: its panel, and what puts scenes into it. Beside it: shelf.js, the lessons
// that there are; stored.js, where the browser keeps them; files.js, lessons as files; fetched.js,
// those that a link names; fields.js, the texts of a scene; scene.js, what is shown as a scene.

import { byId, el, setText } from '../dom/element.js';
import { forget, isNoted, note } from '../dom/notes.js';
import { fieldsOf } from './fields.js';
import { LONGEST_TITLE, sceneOf } from './scene.js';
import { isOwn, textOf } from './shelf.js';

/** @import { LabEntry, LessonPlace, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */
/** @import { Shelf } from './shelf.js' */

/** What a note is about that can bring something back. */
const GONE = 'lesson-gone';
/** What a note about a further scene is about. */
const ADDED = 'lesson-added';
const FIRST_TITLE = 'My lesson';
/** What the title of a copy ends in. */
const COPY = ' (copy)';

/**
 * What the list of scenes offers besides scenes.
 * @typedef {{title: string, text: string, chosen: () => void}} Offer
 */

/** @typedef {ReturnType<typeof writingPart>} Writing */

/**
 * @param {Page} page
 * @param {Shelf} shelf
 * @param {{choose: () => void, save: (key: string) => void}} files
 * @returns {Part & {offers: () => Offer[], ofLink: () => {says: string, save: () => void} | null}}
 */
export function writingPart(page, shelf, files) {
  const { lab } = page;
  const root = document.documentElement;
  const panel = byId('writing', HTMLElement);
  const edit = byId('scene-edit', HTMLButtonElement);
  const state = byId('writing-state', HTMLElement);
  const [up, down] = [byId('writing-up', HTMLButtonElement), byId('writing-down', HTMLButtonElement)];
  const remove = byId('writing-remove', HTMLButtonElement);
  const faults = byId('writing-faults', HTMLElement);
  const ask = byId('writing-ask', HTMLElement);
  const closing = byId('writing-close', HTMLButtonElement);
  const fields = fieldsOf(lab, (change) => shelf.edit(key, (lesson) => change(lesson, at)), () => {
    if (shown) show(shown.model, shown.entry);
  });
  let isOpen = false;
  /** The lesson that is written on, and the scene at hand. Empty: what is open is not the reader's. */
  let key = '';
  let at = 0;
  /** The lesson that was written on last. */
  let last = '';
  /** @type {{model: Model, entry: LabEntry} | null} */
  let shown = null;

  const place = () => shown?.model.lesson ?? null;
  const lessonOf = (/** @type {string} */ of) => shelf.all().find((lesson) => lesson.key === of);

  /** Puts what is shown into a lesson: behind the scene at hand, or at the end; a new one if there is none. @param {string} into */
  function add(into) {
    if (!shown) return;
    const scene = sceneOf(shown.model, shown.entry, lessonOf(place()?.key ?? ''), lab.scene_link());
    let index = 0;
    if (into) {
      index = into === place()?.key ? (place()?.scene ?? 0) + 1 : lessonOf(into)?.scenes.length ?? 0;
      const wrong = shelf.arrange(into, (scenes) => scenes.splice(index, 0, scene));
      if (wrong.length > 0) return refuse(wrong);
    } else {
      const made = shelf.add(textOf({ title: FIRST_TITLE, scenes: [scene] }), false);
      if (made.faults.length > 0) return refuse(made.faults);
      into = made.key;
    }
    standAt(into, index);
    if (root.dataset.present !== 'yes') open(true);
    else note(`What is shown is scene ${index + 1} of “${lessonOf(into)?.title}”.`, { about: ADDED });
  }
  /** @param {string[]} why */
  const refuse = (why) => void note(['This cannot be a scene:', ...why], { about: ADDED, stays: true });

  /** The place is another, and the experiment is not. @param {string} of @param {number} index */
  function standAt(of, index) {
    fields.leave();
    lab.stand_at(of, index);
    page.edited();
  }

  /** A lesson that cannot be written on, as one that can. @param {LessonPlace} from */
  function copy(from) {
    const lesson = lessonOf(from.key);
    if (!lesson) return;
    const made = shelf.add(textOf({ ...lesson, title: lesson.title.slice(0, LONGEST_TITLE - COPY.length) + COPY }), false);
    if (made.faults.length > 0) return refuse(made.faults);
    standAt(made.key, from.scene);
    open(true);
  }

  /** Shows the panel; the title of the scene is what is written first. @param {boolean} on */
  function open(on) {
    isOpen = on;
    edit.setAttribute('aria-expanded', String(on));
    if (shown) show(shown.model, shown.entry);
    if (on) fields.focusNext();
  }
  edit.addEventListener('click', () => open(!isOpen));
  byId('writing-fold', HTMLButtonElement).addEventListener('click', () => {
    open(false);
    edit.focus();
  });
  byId('writing-add', HTMLButtonElement).addEventListener('click', () => add(key));
  byId('writing-save', HTMLButtonElement).addEventListener('click', () => files.save(key));
  byId('writing-use', HTMLButtonElement).addEventListener('click', () => {
    shelf.edit(key, ({ scenes }) => Object.assign(scenes[at] ?? {}, { link: lab.scene_link() }));
    page.edited();
  });

  /** @param {1 | -1} by */
  function move(by) {
    const other = at + by;
    shelf.arrange(key, (scenes) => scenes.splice(other, 0, ...scenes.splice(at, 1)));
    standAt(key, other);
  }
  up.addEventListener('click', () => move(-1));
  down.addEventListener('click', () => move(1));

  remove.addEventListener('click', () => {
    const [of, index] = [key, at];
    const scene = shelf.draft(of)?.scenes[index];
    if (!scene) return;
    fields.leave();
    shelf.arrange(of, (scenes) => scenes.splice(index, 1));
    page.act({ lesson: { key: of, scene: Math.min(index, (lessonOf(of)?.scenes.length ?? 1) - 1) } });
    offerBack(`Scene ${index + 1}, “${scene.title}”, is removed.`, () => {
      fields.leave();
      shelf.arrange(of, (scenes) => scenes.splice(index, 0, scene));
      if (lessonOf(of)) page.act({ lesson: { key: of, scene: Math.min(index, (lessonOf(of)?.scenes.length ?? 1) - 1) } });
    });
  });

  closing.addEventListener('click', () => {
    if (shelf.entry(key)?.isSaved) close();
    else askFirst(true);
  });
  /** @param {boolean} on */
  function askFirst(on) {
    ask.hidden = !on;
    (on ? byId('writing-ask-save', HTMLButtonElement) : closing).focus();
  }
  byId('writing-ask-keep', HTMLButtonElement).addEventListener('click', () => askFirst(false));
  byId('writing-ask-close', HTMLButtonElement).addEventListener('click', () => close());
  byId('writing-ask-save', HTMLButtonElement).addEventListener('click', () => {
    files.save(key);
    askFirst(false);
  });
  function close() {
    const [of, index, title] = [key, at, lessonOf(key)?.title];
    const bring = shelf.close(of);
    page.edited();
    byId('scene-title', HTMLButtonElement).focus();
    offerBack(`“${title}” is closed.`, () => {
      bring();
      standAt(of, index);
    });
  }

  /** What the note offers to bring back, the newest last. @type {{words: string, bring: () => void}[]} */
  let gone = [];
  /** @param {string} words @param {() => void} bring */
  function offerBack(words, bring) {
    // Closed, the note has taken its offers along.
    gone = [...(isNoted(GONE) ? gone : []), { words, bring }];
    offerLast();
  }
  /** One after the other, since each stands where those that went later were. */
  function offerLast() {
    note(gone.map(({ words }) => words), {
      about: GONE,
      stays: true,
      button: {
        label: gone.length > 1 ? 'Undo the last' : 'Undo',
        press() {
          const last = gone.pop();
          if (gone.length > 0) offerLast();
          else forget(GONE);
          last?.bring();
        },
      },
    });
  }

  /** @param {Model} model @param {LabEntry} entry */
  function show(model, entry) {
    shown = { model, entry };
    const here = model.lesson;
    const own = here && isOwn(here.key) ? here : null;
    edit.hidden = !own;
    const isThere = own !== null && isOpen;
    panel.hidden = !isThere;
    root.dataset.writes = isThere ? 'yes' : 'no';
    if (own?.key !== key || own.scene !== at) ask.hidden = true;
    [key, at] = [own?.key ?? '', own?.scene ?? 0];
    if (!own) return;
    last = own.key;
    const [lesson, kept] = [shelf.draft(key), shelf.entry(key)];
    if (!lesson || !kept || !isThere) return;
    setText(byId('writing-place', HTMLElement), `Scene ${at + 1} of ${lesson.scenes.length}`);
    setText(state, kept.isSaved ? 'saved as a file' : shelf.isKept(key) ? 'kept in this browser' : 'kept nowhere');
    const focus = document.activeElement;
    [up.disabled, down.disabled] = [at === 0, at === lesson.scenes.length - 1];
    remove.disabled = lesson.scenes.length === 1;
    remove.title = remove.disabled ? 'A lesson has at least one scene' : '';
    faults.hidden = kept.faults.length === 0;
    const lines = kept.faults.length > 0 ? ['Not taken yet:', ...kept.faults] : [];
    if (lines.join('\n') !== faults.dataset.text) faults.replaceChildren(...lines.map((words) => el('li', { textContent: words })));
    faults.dataset.text = lines.join('\n');
    fields.show(lesson, key, at, kept.faults, model);
    // A button that can do nothing now leaves the focus to its neighbour.
    if (focus instanceof HTMLButtonElement && focus.disabled) {
      ([focus === up ? down : up].find(({ disabled }) => !disabled) ?? fields.first).focus();
    }
  }

  /** What the list of scenes offers. @returns {Offer[]} */
  function offers() {
    const here = place();
    const into = here && isOwn(here.key) ? here.key : lessonOf(last) ? last : shelf.ownKeys().at(-1) ?? '';
    const lesson = lessonOf(into);
    const behind = here?.key === into ? here.scene + 2 : (lesson?.scenes.length ?? 0) + 1;
    /** @type {Offer[]} */
    const all = [{
      title: 'Add this scene', chosen: () => add(into),
      text: lesson ? `What is shown, to “${lesson.title}” as scene ${behind}.` : 'What is shown, to a lesson of your own.',
    }];
    if (lesson) all.push({ title: 'Begin another lesson', text: 'What is shown is its first scene.', chosen: () => add('') });
    if (here && !isOwn(here.key)) {
      all.push({ title: 'Edit a copy of this lesson', text: 'It is yours, and this one stays as it is.', chosen: () => copy(here) });
    }
    all.push({ title: 'Open a lesson…', text: 'A file that was saved here, or written by hand. It can also be dropped on the page.', chosen: files.choose });
    return all;
  }

  /** What is to be said where the link is made, and what can be sent in its place. */
  function ofLink() {
    const [of, lesson] = [key, lessonOf(key)];
    if (!of || !lesson) return null;
    return { says: `“${lesson.title}” is in this browser alone: to hand on the lesson, send its file.`, save: () => files.save(of) };
  }
  return { show, offers, ofLink };
}
