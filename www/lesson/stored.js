// Where the reader's own lessons are kept: in the browser's storage, each under a name of its own, so
// that two tabs of the page do not write over each other's. Storage may be refused (a sandbox, a
// private window, a full disk); then a lesson is kept for as long as the page is open.

import { KEPT_LESSON as BEFORE } from '../opening/opening.js';

/**
 * A lesson as it is kept.
 * @typedef {object} Stored
 * @property {string} text of its file, valid as it was written last
 * @property {string} draft the same with what is half typed; empty where that is nothing
 * @property {boolean} isSaved whether a file on the reader's disk says the same
 */

/** The lessons that are kept, by their keys. @returns {Map<string, Stored>} */
export function storedLessons() {
  /** @type {Map<string, Stored>} */
  const all = new Map();
  for (const key of storedKeys()) {
    const stored = parsed(read(key));
    if (stored) all.set(key, stored);
  }
  return all;
}

/** The keys under which something is kept. @returns {string[]} */
export function storedKeys() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(BEFORE)).map((name) => name.slice(BEFORE.length));
  } catch {
    return [];
  }
}

/** @param {string} key @param {Stored} lesson @returns {boolean} whether it is kept */
export function store(key, lesson) {
  try {
    localStorage.setItem(BEFORE + key, JSON.stringify(lesson));
    return true;
  } catch {
    return false;
  }
}

/** @param {string} key */
export function unstore(key) {
  try {
    localStorage.removeItem(BEFORE + key);
  } catch {
    // Nothing was stored then.
  }
}

/**
 * Another tab of the page has written a lesson, or closed it: then it is `null`.
 * @param {(key: string, lesson: Stored | null) => void} heard
 */
export function whenStoredElsewhere(heard) {
  addEventListener('storage', ({ key: name, newValue }) => {
    if (!name?.startsWith(BEFORE)) return;
    const stored = parsed(newValue);
    if (stored || newValue === null) heard(name.slice(BEFORE.length), stored);
  });
}

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(BEFORE + key);
  } catch {
    return null;
  }
}

/** @param {string | null} json @returns {Stored | null} */
function parsed(json) {
  try {
    const { text, draft, isSaved } = JSON.parse(json ?? 'null') ?? {};
    return typeof text === 'string' ? { text, draft: typeof draft === 'string' ? draft : '', isSaved: isSaved === true } : null;
  } catch {
    return null;
  }
}
