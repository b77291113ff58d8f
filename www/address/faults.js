// What a link held that could not be taken, in a note that stays for as long as it is true.

import { fromJson } from '../core/json.js';
import { forget, isNoted, note } from '../dom/notes.js';

/** @import { Lab } from '../../core/ravine.js' */
/** @import { Json, LinkFault } from '../model.d.ts' */

/** What the note is about. */
const LINK = 'link';

/** @param {Lab} lab @returns {{opened: () => void, edited: () => void}} */
export function linkFaults(lab) {
  let told = /** @type {Json<LinkFault[]>} */ ('[]');

  function tell() {
    const faults = fromJson(told);
    const lines = faults.map(({ text }) => text);
    if (lines.length === 0) forget(LINK);
    else if (faults.every(({ harmless }) => harmless)) note(lines, { about: LINK });
    else note(['Some parts of the link could not be used:', ...lines], { about: LINK, stays: true });
  }
  return {
    /** Another link was opened. */
    opened() {
      told = lab.faults();
      tell();
    },
    /** Something was changed, perhaps what a fault is about. A note that was closed stays closed. */
    edited() {
      const faults = lab.faults();
      if (faults === told) return;
      told = faults;
      if (faults === '[]' || isNoted(LINK)) tell();
    },
  };
}
