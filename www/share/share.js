// Share: what is on the screen, taken along. This says when a link has become too long to be sent, and
// opens the dialog. Beside it, loaded when that is first opened: dialog.js, the link, its QR code, a
// frame for another page; taking.js, pictures, tables and code as files; making.js, by which the tools make
// those, and maker.js, the worker in which they do; script.js and film.js, a picture while it plays.

import { byId } from '../dom/element.js';
import { LONGEST_ADDRESS } from '../address/kept.js';
import { forget, isNoted, note } from '../dom/notes.js';

/** @import { Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** What is to be said of a lesson that no link leads to, and what can be sent in its place. @typedef {{says: string, save: () => void}} Unsent */

/**
 * What the dialog is to know of what is on the screen.
 * @typedef {object} Shown
 * @property {string} tooLong what is to be said of a link that is too long to be sent; may be empty
 * @property {string} lesson the key of the lesson that is open; may be empty
 * @property {boolean} hasData
 * @property {boolean} hasNet
 * @property {number} speed of the clock, in steps a second
 */

/** What a note about a long link is about. */
const LENGTH = 'length';

/**
 * @param {Page} page
 * @param {() => Unsent | null} ofLesson
 * @param {(link: string) => string} withoutPlace the experiment of a link
 * @param {(key: string) => {key: string, text: string} | null} lessonFile the file of a lesson that is not built in
 * @returns {Part}
 */
export function sharePart(page, ofLesson, withoutPlace, lessonFile) {
  /** @type {Shown} */
  let shown = { tooLong: '', lesson: '', hasData: false, hasNet: false, speed: 1 };
  let isOpen = false;
  /** @type {Promise<import('./dialog.js').Dialog> | undefined} */
  let loading;
  byId('share', HTMLButtonElement).addEventListener('click', async () => {
    loading ??= import('./dialog.js').then(({ dialogOf }) => dialogOf(page, ofLesson, withoutPlace, lessonFile));
    try {
      (await loading).open(shown);
    } catch (fault) {
      loading = undefined;
      note(`What shares this page could not be loaded: ${fault}. Press Share to try again.`, { about: 'share' });
    }
  });

  /** @param {Model} model */
  function show({ data, lesson, net, settings }) {
    const was = shown.tooLong;
    let tooLong = data?.tooLong ?? '';
    if (tooLong && page.lab.link().length > LONGEST_ADDRESS) {
      tooLong += ' The address of this page leaves the data out: only this browser tab has them.';
    }
    // Said when such data are taken, too; not of a link that was opened with them. What is no longer
    // true of the data is said no longer.
    if (tooLong && isOpen && (!was || (tooLong !== was && isNoted(LENGTH)))) note(tooLong, { stays: true, about: LENGTH });
    else if (!tooLong) forget(LENGTH);
    isOpen = true;
    shown = { tooLong, lesson: lesson?.key ?? '', hasData: data !== null, hasNet: net !== null, speed: settings.find(({ key }) => key === 'speed')?.value ?? 1 };
  }
  return { show };
}
