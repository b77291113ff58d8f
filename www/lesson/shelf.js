// The reader's lessons: those that are written here, and those that were fetched or came from the
// lecturer's window. The core holds each as it was valid last, and says what is wrong with what is
// typed; the page holds what is typed. They outlive the core, which gets them anew after a fault, and
// those that are written here outlive a reload.

import { fromJson } from '../core/json.js';
import { forget, note } from '../dom/notes.js';
import { lessonKey } from '../opening/opening.js';
import { store, storedKeys, storedLessons, unstore, whenStoredElsewhere } from './stored.js';

/** @import { Lab } from '../../core/ravine.js' */
/** @import { Lesson } from '../model.d.ts' */

/** A lesson without its key, as a file has it. @typedef {Omit<Lesson, 'key'>} Content */
/**
 * One of the reader's.
 * @typedef {object} Entry
 * @property {string} text of its file, as the core has it
 * @property {string} draft the same with what is half typed; empty where that is nothing
 * @property {string[]} faults of the draft
 * @property {boolean} isSaved whether a file on the reader's disk says the same
 */
/** @typedef {ReturnType<typeof shelfOf>} Shelf */

/** The first key of one's own; the second is own-2. The core knows them by it. */
const OWN = 'own';
const NUMBER = /^own(?:-(\d+))?$/;
/** What is typed is stored so long after the last letter at the latest. */
const STORE_MS = 300;
/** What a note is about that says that nothing is kept. */
const KEPT = 'lesson-kept';

/** Whether a lesson is written here. @param {string} key */
export const isOwn = (key) => NUMBER.test(key);

/** @param {boolean} keeps whether what is written is stored: the projector's window only shows it */
export function shelfOf(keeps) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** Those that are to be stored. @type {Set<string>} */
  const unstored = new Set();
  /** Those that storage has refused. @type {Set<string>} */
  const refused = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Lab} */
  let lab;
  let changed = () => {};
  /** All that there are, built in or not, as the core has them. @type {Lesson[]} */
  let all = [];
  /** The highest number of a key that there was. */
  let highest = 0;

  for (const [key, stored] of byNumber(storedLessons())) entries.set(key, { ...stored, faults: [] });

  /** What the core must have before it opens a link: keys, and the texts of the files. @returns {[string[], string[]]} */
  const files = () => [[...entries.keys()], [...entries.values()].map(({ text }) => text)];

  /**
   * The core is there.
   * @param {Lab} core
   * @param {() => void} refresh is told when a lesson is another
   * @returns {Map<string, string[]>} what is wrong with those that it could not read; they are here no more
   */
  function bind(core, refresh) {
    [lab, changed] = [core, refresh];
    all = fromJson(lab.lessons());
    const unread = new Map();
    for (const [key, entry] of entries) {
      const lesson = find(key);
      if (lesson) entry.text = textOf(lesson);
      else {
        const faults = hand(key, entry.text);
        entries.delete(key);
        unread.set(key, faults);
        // It stays in the storage, for a version of the page that can.
        if (isOwn(key)) note([`The lesson “${key}” of this browser cannot be opened:`, ...faults], { about: key, stays: true });
      }
      if (entry.draft) entry.faults = hand(key, entry.draft);
    }
    return unread;
  }

  /** @param {string} key */
  const find = (key) => all.find((lesson) => lesson.key === key);

  /**
   * Hands the core the text of a lesson; tells what is wrong with it.
   * @param {string} key @param {string} text @returns {string[]}
   */
  function hand(key, text) {
    const told = lab.put_lesson(key, text);
    // After a fault of its own the core has the lesson as it was before.
    const faults = told ? fromJson(told) : ['The core stopped on a fault of its own: the lesson is as it was before.'];
    if (faults.length === 0) all = fromJson(lab.lessons());
    return faults;
  }

  /**
   * Puts a lesson there, or another in place of the one that was there.
   * @param {string} key @param {string} text @param {boolean} isSaved
   * @returns {string[]} what is wrong with it; then nothing has changed
   */
  function put(key, text, isSaved) {
    const faults = hand(key, text);
    if (faults.length > 0) return faults;
    entries.set(key, { text: textOf(find(key) ?? { title: '', scenes: [] }), draft: '', faults, isSaved });
    touched(key);
    return faults;
  }

  /** What is typed: the lesson as it would be, valid or not. @param {string} key @returns {Content | undefined} */
  function draft(key) {
    const entry = entries.get(key);
    return entry && JSON.parse(entry.draft || entry.text);
  }

  /** Changes a text of a lesson; the core takes it if it can. @param {string} key @param {(lesson: Content) => void} change */
  function edit(key, change) {
    const [entry, lesson] = [entries.get(key), draft(key)];
    if (!entry || !lesson) return;
    change(lesson);
    const text = textOf(lesson);
    const faults = hand(key, text);
    if (faults.length > 0) Object.assign(entry, { draft: text, faults, isSaved: false });
    else entries.set(key, { text: textOf(find(key) ?? lesson), draft: '', faults, isSaved: false });
    touched(key);
  }

  /**
   * Changes which scenes there are, or their order: in what is valid, and in what is half typed.
   * @param {string} key @param {(scenes: Content['scenes']) => void} change
   * @returns {string[]} what is wrong with it; then nothing has changed
   */
  function arrange(key, change) {
    const entry = entries.get(key);
    if (!entry) return [];
    const [text, half] = [entry.text, entry.draft].map((before) => {
      if (!before) return '';
      const lesson = JSON.parse(before);
      change(lesson.scenes);
      return textOf(lesson);
    });
    const faults = put(key, text ?? '', false);
    const now = entries.get(key);
    if (faults.length > 0 || !half || !now) return faults;
    Object.assign(now, { draft: half, faults: hand(key, half) });
    touched(key);
    return [];
  }

  /** A key that no lesson has, nor had since the page was loaded, in any tab of this browser. */
  function freeKey() {
    highest = Math.max(highest, ...[...entries.keys(), ...storedKeys()].map(numberOf));
    return highest === 0 ? OWN : `${OWN}-${highest + 1}`;
  }

  /**
   * Adds a lesson that is written here from now on.
   * @param {string} text @param {boolean} isSaved
   * @returns {{key: string, faults: string[]}}
   */
  function add(text, isSaved) {
    const key = freeKey();
    return { key, faults: put(key, text, isSaved) };
  }

  /** One that is open here stays, and is stored again; any other is closed here too. @param {string} key */
  function closedElsewhere(key) {
    if (!entries.has(key)) return;
    if (lab.link().split('&').includes(`${lessonKey}=${key}`)) touched(key);
    else {
      entries.delete(key);
      lab.close_lesson(key);
      all = fromJson(lab.lessons());
      changed();
    }
  }

  /** Takes a lesson away; what is returned brings it back. @param {string} key */
  function close(key) {
    const entry = entries.get(key);
    highest = Math.max(highest, numberOf(key));
    entries.delete(key);
    unstored.delete(key);
    refused.delete(key);
    lab.close_lesson(key);
    all = fromJson(lab.lessons());
    unstore(key);
    return () => {
      if (!entry || put(key, entry.text, entry.isSaved).length > 0) return;
      if (entry.draft) Object.assign(entries.get(key) ?? {}, { draft: entry.draft, faults: entry.faults });
      touched(key);
    };
  }

  /** @param {string} key */
  function saved(key) {
    const entry = entries.get(key);
    if (entry) entry.isSaved = !entry.draft;
    touched(key);
  }

  /** @param {string} key */
  function touched(key) {
    if (keeps && isOwn(key)) {
      unstored.add(key);
      timer ??= setTimeout(storeAll, STORE_MS);
    }
    changed();
  }

  function storeAll() {
    clearTimeout(timer);
    timer = undefined;
    const were = refused.size;
    for (const key of unstored) {
      const { text, draft, isSaved } = entries.get(key) ?? {};
      if (text === undefined) continue;
      if (store(key, { text, draft: draft ?? '', isSaved: isSaved ?? false })) refused.delete(key);
      else refused.add(key);
    }
    unstored.clear();
    if (refused.size > were) {
      note('This browser keeps nothing of your lesson: it is closed with the page. Save it as a file before.', { about: KEPT, stays: true });
      changed();
    } else if (refused.size === 0) forget(KEPT);
  }

  if (keeps) {
    addEventListener('pagehide', storeAll);
    addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') storeAll();
    });
    // What is neither kept nor saved is lost with the page: here the browser may ask.
    addEventListener('beforeunload', (event) => {
      storeAll();
      if ([...refused].some((key) => entries.get(key)?.isSaved === false)) event.preventDefault();
    });
    whenStoredElsewhere((key, stored) => {
      if (!lab || unstored.has(key)) return;
      if (!stored) {
        closedElsewhere(key);
        return;
      }
      const { text, draft: half, isSaved } = stored;
      if (hand(key, text).length > 0) return;
      entries.set(key, { text, draft: half, faults: half ? hand(key, half) : [], isSaved });
      changed();
    });
  }

  return {
    files, bind, add, put, draft, edit, arrange, close, saved,
    /** All lessons as the core has them; another list when one of them is another. */
    all: () => all,
    /** The keys of those that are written here, in their order. */
    ownKeys: () => [...entries.keys()].filter(isOwn),
    /** @param {string} key */
    entry: (key) => entries.get(key),
    /** The file of a lesson that is not built in. @param {string} key */
    file(key) {
      const entry = entries.get(key);
      return entry ? { key, text: entry.text } : null;
    },
    /** Whether a lesson is stored, as far as that was tried. @param {string} key */
    isKept: (key) => !refused.has(key),
    /** A lesson that the core shall have, before it is there. @param {string} key @param {string} text */
    foresee(key, text) {
      entries.set(key, { text, draft: '', faults: [], isSaved: true });
    },
  };
}

/** A lesson as the text that the core reads. @param {Content | Lesson} lesson */
export function textOf({ title, scenes }) {
  // What is left out may be null in what the core tells, and is not there in a file.
  return JSON.stringify({ title, scenes }, (_, value) => value ?? undefined);
}

/** @param {string} key */
const numberOf = (key) => {
  const found = NUMBER.exec(key);
  return found ? Number(found[1] ?? 1) : 0;
};

/** In the order of their numbers. @template T @param {Map<string, T>} all @returns {[string, T][]} */
const byNumber = (all) => [...all].filter(([key]) => isOwn(key)).sort(([one], [other]) => numberOf(one) - numberOf(other));
