// A lesson beside the page: `lesson=lessons/week3.json` in a link names a file, relative to the page.
// It is fetched before its link is opened. The page waits for it a moment, and then goes on without it
// until it is there.

import { forget, note } from '../dom/notes.js';
import { guessKey, lessonKey, longestLesson, panelsKey, revealedKey, sceneKey } from '../opening/opening.js';
import { within } from '../opening/parts.js';

/** @import { Shelf } from './shelf.js' */

/** So long a page that starts waits for a lesson. */
const PATIENCE_MS = 400;
/** What a note about it is about. */
const FETCHED = 'lesson-fetched';
const NAMED = /\.json$/i;

/** @param {string} part */
const keyOf = (part) => part.split('=')[0] ?? '';

/** The file that a link names; empty where it names none. @param {string} link */
export function pathIn(link) {
  const part = link.split('&').find((one) => keyOf(one) === lessonKey) ?? '';
  try {
    const path = decodeURIComponent(part.slice(lessonKey.length + 1));
    return NAMED.test(path) ? path : '';
  } catch {
    return '';
  }
}

/** The experiment of a link, in no lesson. @param {string} link */
export const withoutPlace = (link) => (link.split('&').some((part) => keyOf(part) === lessonKey)
  ? link.split('&').filter((part) => ![lessonKey, sceneKey, panelsKey, guessKey, revealedKey].includes(keyOf(part))).join('&')
  : link);

/**
 * @param {Shelf} shelf
 * @param {string} first the link that the page opens with; its lesson is asked for at once
 */
export function fetchedLessons(shelf, first) {
  /** What is under way. @type {Map<string, Promise<string>>} */
  const asked = new Map();
  /** Why not, of each that could not be had. @type {Map<string, string[]>} */
  const missing = new Map();
  const path = pathIn(first);
  let isStarted = false;
  let arrived = (/** @type {string} */ _path) => {};

  const has = (/** @type {string} */ path) => shelf.entry(path) !== undefined;

  /** @param {string} path */
  function ask(path) {
    if (asked.has(path)) return;
    const text = fetchText(path);
    asked.set(path, text);
    text.then((text) => take(path, text), (/** @type {unknown} */ why) => lack(path, [String(why instanceof Error ? why.message : why)]))
      .finally(() => asked.delete(path));
  }

  /** @param {string} path @param {string} text */
  function take(path, text) {
    if (!isStarted) {
      shelf.foresee(path, text);
      return;
    }
    const faults = shelf.put(path, text, true);
    if (faults.length > 0) {
      lack(path, faults);
      return;
    }
    missing.delete(path);
    forget(FETCHED);
    arrived(path);
  }

  /** @param {string} path @param {string[]} why */
  function lack(path, why) {
    missing.set(path, why);
    if (!isStarted) return;
    tellMissing(path);
    arrived(path);
  }

  /** @param {string} path */
  function tellMissing(path) {
    note([`The lesson ${path} could not be opened:`, ...missing.get(path) ?? []], { about: FETCHED, stays: true });
  }

  if (path) ask(path);
  return {
    /** What the page opens with, once the lesson is there or has had its time. */
    async firstLink() {
      const wait = asked.get(path);
      if (wait) await Promise.race([wait.catch(() => ''), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
      return path && !has(path) ? withoutPlace(first) : first;
    },
    /**
     * The core has started.
     * @param {Map<string, string[]>} unread the lessons that it could not read, and why
     * @param {(path: string) => void} heard is told when a lesson is there, or known not to be
     * @returns {boolean} whether the first link has opened as far as it can
     */
    start(unread, heard) {
      [isStarted, arrived] = [true, heard];
      if (!path || has(path)) return true;
      const why = unread.get(path);
      if (why) missing.set(path, why);
      if (missing.has(path)) tellMissing(path);
      else tellLoading(path);
      return !why;
    },
    /**
     * What of a link can be opened; `null` while its lesson is on its way.
     * @param {string} link
     * @returns {string | null}
     */
    opened(link) {
      const path = pathIn(link);
      if (!path || has(path)) return link;
      if (missing.has(path)) return withoutPlace(link);
      ask(path);
      tellLoading(path);
      return null;
    },
    /** Whether the lesson of a link is not there, now or at all. @param {string} link */
    lacks: (link) => pathIn(link) !== '' && !has(pathIn(link)),
  };
}

/** @param {string} path */
const tellLoading = (path) => note(`The lesson ${path} is on its way …`, { about: FETCHED, stays: true });

/** @param {string} path relative to the page */
async function fetchText(path) {
  const file = within();
  if (file) {
    if (file.lesson?.name === path) return file.lesson.text;
    throw new Error('This page is a single file, which reads no other: drop the lesson on it.');
  }
  const address = new URL(path, document.baseURI);
  if (address.origin !== location.origin) throw new Error('It must be a file of this site.');
  // Whoever puts another in its place wants that to be seen.
  const answer = await fetch(address, { cache: 'no-cache' }).catch(() => {
    throw new Error('The site does not answer.');
  });
  if (!answer.ok) throw new Error(answer.status === 404 ? 'The site has no such file.' : `The site answers with the error ${answer.status}.`);
  const length = Number(answer.headers.get('content-length'));
  return read(answer, length);
}

/** @param {Response} answer @param {number} told how long it says that it is */
async function read(answer, told) {
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return text + decoder.decode();
    length += piece.value.length;
    if (length > longestLesson) {
      void reader?.cancel();
      throw new Error(tooLong(Math.max(told, length)));
    }
    text += decoder.decode(piece.value, { stream: true });
  }
}

/** @param {number} bytes */
export const tooLong = (bytes) => `It has ${bytes.toLocaleString('en')} bytes, and the longest lesson has ${longestLesson.toLocaleString('en')}.`;
