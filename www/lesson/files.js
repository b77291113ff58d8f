// Lessons as files: opened by the dialog or by dropping one on the page, and saved as a download.

import { download } from '../dom/download.js';
import { byId } from '../dom/element.js';
import { note } from '../dom/notes.js';
import { longestLesson } from '../opening/opening.js';
import { tooLong } from './fetched.js';

/** @import { Page } from '../page.d.ts' */
/** @import { Shelf } from './shelf.js' */

/** What a note about a file is about. */
const FILE = 'lesson-file';
const NAMED = /\.json$/i;

/** Whether a file is taken for a lesson, and not for a table. @param {File} file */
const isLesson = ({ name, type }) => NAMED.test(name) || type === 'application/json';

/** @param {Page} page @param {Shelf} shelf @returns {{choose: () => void, save: (key: string) => void}} */
export function lessonFiles(page, shelf) {
  const input = byId('lesson-file', HTMLInputElement);

  /** A file is a lesson more, and takes the place of none. @param {File} file */
  async function open(file) {
    const refused = (/** @type {string[]} */ faults) => note([`The lesson in ${file.name} could not be opened:`, ...faults], { about: FILE, stays: true });
    const text = await textOfFile(file);
    if (text === null) {
      refused([tooLong(file.size)]);
      return;
    }
    const { key, faults } = shelf.add(text, true);
    if (faults.length > 0) {
      refused(faults);
      return;
    }
    page.act({ lesson: { key, scene: 0 } });
    const lesson = shelf.all().find((one) => one.key === key);
    note(`“${lesson?.title}” is open, a lesson in ${counted(lesson?.scenes.length ?? 0)}.`, { about: FILE });
  }

  input.addEventListener('change', () => {
    const [chosen] = input.files ?? [];
    if (chosen) void open(chosen);
    // The same file may be chosen again.
    input.value = '';
  });

  // A lesson may be dropped anywhere; what else is dropped on the data is a table.
  addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || !isLesson(file)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void open(file);
  }, { capture: true });
  // What nobody took the browser would open in place of the page.
  addEventListener('drop', (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    note('Here a lesson can be dropped, a .json file; a table is dropped on the data.', { about: FILE });
  });

  /** Hands the reader a lesson as a file, as it was valid last. @param {string} key */
  function save(key) {
    const text = page.lab.lesson_text(key);
    const entry = shelf.entry(key);
    if (!text || !entry) return;
    const name = fileName(shelf.all().find((one) => one.key === key)?.title ?? '');
    download(new Blob([text], { type: 'application/json' }), name);
    shelf.saved(key);
    note(entry.faults.length === 0
      ? `Saved as ${name}, where this browser puts what it downloads.`
      : `Saved as ${name}, but for what is not valid yet: ${entry.faults[0]}`, { about: FILE, stays: entry.faults.length > 0 });
  }
  return { choose: () => input.click(), save };
}

/** The text of a file; `null` if that is too long. @param {Blob} file */
const textOfFile = async (file) => (file.size > longestLesson ? null : file.text());

/** A name for the file of a lesson. @param {string} title */
function fileName(title) {
  const words = title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${words.join('-').slice(0, 60) || 'lesson'}.json`;
}

/** @param {number} scenes */
const counted = (scenes) => `${scenes} scene${scenes === 1 ? '' : 's'}`;
