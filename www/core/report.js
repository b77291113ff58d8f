// A fault of the core, as its reader can send it to whoever can mend it.

import { note } from '../dom/notes.js';

/**
 * What is known of a fault of the core.
 * @typedef {object} Report
 * @property {string} message
 * @property {string} place in the sources; empty where the core could not tell it
 * @property {string} call what was asked of the core
 * @property {string} link the last experiment that was drawn without a fault
 */

/** The fault in a sentence. @param {Report} report */
export const inShort = ({ message, place }) => `${message}${place && ` (${place})`}`;

/**
 * All that is known, line by line.
 * @param {Report} report
 * @param {string} version of the core
 */
export const inFull = ({ message, place, call, link }, version) => [
  `Ravine ${version}`,
  `Link: ${new URL(`#${link}`, location.href).href}`,
  `Message: ${message}`,
  `Place: ${place || 'not known'}`,
  `Call: ${call}`,
  `Browser: ${navigator.userAgent}`,
].join('\n');

/**
 * Says that the core was restarted, and offers the report.
 * @param {string} text
 * @param {Report} report
 * @param {string} version of the core
 */
export function noteOf(text, report, version) {
  note([text, inShort(report)], {
    about: 'core',
    stays: true,
    button: {
      label: 'Copy a report',
      async press() {
        const full = inFull(report, version);
        try {
          await navigator.clipboard.writeText(full);
          note('Report copied.', { about: 'report' });
        } catch {
          // Not allowed here (an embed, plain http): show it, to be selected.
          note(full.split('\n'), { about: 'report', stays: true });
        }
      },
    },
  });
}
