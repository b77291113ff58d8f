// What an address cannot hold is kept beside it: large data, in the history's entries and in the
// session's storage, and what was changed last before the page is left, with the place of the clock.
// Both may be refused (a sandbox, a private window, a full disk); then the page goes on with what it
// has in memory.

/** The longest address that holds its data: all browsers and their histories take so many. */
export const LONGEST_ADDRESS = 60_000;

/** The data in a link, and what stands for them in an address. */
const [DATA, KEPT] = ['data=', 'data.kept='];
/** Where the clock stood, and whether the page filled the screen. @typedef {{step: number, playing: boolean, full: boolean}} Place */

/** So many data sets are kept in the session's storage; the entries of the history have theirs. */
const MOST_STORED = 12;
/** The names in the session's storage. */
const [SETS, LAST] = ['ravine.data', 'ravine.last'];
/** The name in the browser's own. */
const VISITED = 'ravine.visited';

/** All that was kept since the page was loaded. @type {Map<string, string>} */
const memory = new Map();

/**
 * The address of a link, and what of it the address cannot hold.
 * @param {string} link
 * @returns {{short: string, data: string | null}}
 */
export function shorten(link) {
  if (link.length <= LONGEST_ADDRESS) return { short: link, data: null };
  const parts = link.split('&');
  const at = parts.findIndex((part) => part.startsWith(DATA));
  const data = parts[at]?.slice(DATA.length);
  if (data === undefined) return { short: link, data: null };
  const name = hash(data);
  parts[at] = KEPT + name;
  if (!memory.has(name)) {
    memory.set(name, data);
    storeSet(name, data);
  }
  return { short: parts.join('&'), data };
}

/**
 * The link of an address, with what was kept for it; the address itself where nothing was.
 * @param {string} short
 * @param {unknown} state of the entry in the history
 */
export function complete(short, state) {
  const parts = short.split('&');
  const at = parts.findIndex((part) => part.startsWith(KEPT));
  const name = parts[at]?.slice(KEPT.length);
  if (name === undefined) return short;
  const kept = /** @type {{data?: unknown} | null} */ (state)?.data;
  const all = [memory.get(name), kept, read(`${SETS}.${name}`)];
  const data = all.find((text) => typeof text === 'string' && hash(text) === name);
  if (typeof data !== 'string') return short;
  memory.set(name, data);
  // An entry of the history may lose it; then there is the other place.
  if (read(`${SETS}.${name}`) !== data) storeSet(name, data);
  parts[at] = DATA + data;
  return parts.join('&');
}

/** Whether an address names data that nobody kept. @param {string} link */
export const isIncomplete = (link) => link.split('&').some((part) => part.startsWith(KEPT));

/**
 * The page may be gone in a moment, and its address may not be written any more.
 * @param {string[]} from the address as it is, and as it was when it began to be left
 * @param {string} link what the page shows
 * @param {string} left how the labs that are not open were left
 * @param {Place} place
 */
export function storeLast(from, link, left, place) {
  const text = (/** @type {object} */ all) => JSON.stringify({ from, link: shorten(link).short, place, ...all });
  // Where there is no room for all of it, the open lab is what counts.
  if (!write(LAST, text({ left }))) write(LAST, text({}));
}

/**
 * What [`storeLast`] stored, where that is come back to: by the reload button, or by Back and Forward.
 * @returns {{from?: string[], link?: string, left?: string, place?: Place}}
 */
export function last() {
  const [entry] = performance.getEntriesByType('navigation');
  const type = /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type;
  if (type !== 'reload' && type !== 'back_forward') return {};
  try {
    return JSON.parse(read(LAST) ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/** The session's data, the newest last; as many as there is room for. @param {string} name @param {string} data */
function storeSet(name, data) {
  const names = (read(SETS) ?? '').split(' ').filter((known) => known && known !== name);
  names.push(name);
  while (names.length > MOST_STORED) erase(names.shift());
  while (!write(`${SETS}.${name}`, data) && names.length > 1) erase(names.shift());
  write(SETS, names.join(' '));
}

/** @param {string} name */
function read(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}
/** @param {string} name @param {string} text @returns {boolean} whether it is stored */
function write(name, text) {
  try {
    sessionStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
/** @param {string | undefined} name of a data set */
function erase(name) {
  try {
    sessionStorage.removeItem(`${SETS}.${name}`);
  } catch {
    // Nothing was stored then.
  }
}

/**
 * Fowler, Noll and Vo's hash 1a of 32 bits, from two ends: enough to tell one's own data apart.
 * @param {string} text
 */
function hash(text) {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let at = 0; at < text.length; at += 1) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return [a, b].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Whether this browser opens the page for the first time, as far as it lets the page know. */
export function isFirstVisit() {
  try {
    const isFirst = localStorage.getItem(VISITED) === null;
    localStorage.setItem(VISITED, 'yes');
    return isFirst;
  } catch {
    return false;
  }
}
