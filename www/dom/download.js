// Handing the reader a file.

import { el } from './element.js';

/** The browser has begun to read it by then. */
const READ_MS = 60_000;

/** @param {Blob} blob @param {string} name of the file, where the browser puts what it downloads */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), READ_MS);
}
