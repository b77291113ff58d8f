// What the tools make of what is on the page: a picture, slice by slice, or a text at once.

import { toolsOf } from '../core/tools.js';

/** @import { Json, Shot } from '../model.d.ts' */

/** What is wanted: a picture, or the experiment of a link as a kind of text. @typedef {{shot: Json<Shot>, as: string} | {link: string, kind: string}} Wanted */
/** What is told: how much is done, from 0 to 1; what was made; why it could not be. @typedef {{progress: number} | {made: string | Uint8Array<ArrayBuffer>} | {fault: string}} Told */

/**
 * @param {Wanted} wanted
 * @param {(progress: number) => void} tell
 * @param {() => unknown} pause waits between two slices
 * @returns {Promise<string | Uint8Array<ArrayBuffer>>}
 */
export async function make(wanted, tell, pause) {
  const { Drawing, text_of } = await toolsOf();
  if ('kind' in wanted) return /** @type {Uint8Array<ArrayBuffer>} */ (text_of(wanted.link, wanted.kind));
  const drawing = new Drawing(wanted.shot, wanted.as);
  for (let progress = drawing.go_on(); progress !== undefined; progress = drawing.go_on()) {
    tell(progress);
    await pause();
  }
  return drawing.finish();
}
