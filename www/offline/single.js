// The page as one file, with what is shown inside: it opens by a double click, and needs no network.
//
//     const file = await singleFile({ link: lab.link(), lesson: null });
//
// `link` is what the file opens with; empty, it opens with its first scene, or with the lesson that is
// inside. `lesson` is one of the reader's (`shelf.file(key)` has it so), for lessons that are built in are
// in every file; the link may name a scene of it by that key. Where the file cannot be made, as without
// network, the promise is rejected with an Error whose message is a sentence.
//
// A site fetches the file that its build has put beside it, `single.html`, and only when asked; from then on
// its service worker keeps that, too. A single file is its own source.

import { within } from '../opening/parts.js';

/** Where the file says what is to be opened. */
const PLACE = /(<script type="application\/json" id="within">)[^<]*(<\/script>)/;

/**
 * @param {{link: string, lesson: {key: string, text: string} | null}} inside
 * @returns {Promise<Blob>}
 */
export async function singleFile({ link, lesson }) {
  const name = lesson && nameOf(lesson.key);
  const asked = lesson ? link.split('&').map((part) => {
    const [key, value = ''] = part.split('=');
    return key === 'lesson' && decodeURIComponent(value) === lesson.key ? `lesson=${encodeURIComponent(name ?? '')}` : part;
  }).join('&') : link;
  // Within a script's element HTML ends the text at `</`.
  const inside = JSON.stringify({ link: asked, lesson: lesson && { name, text: lesson.text } }).replaceAll('<', '\\u003c');
  const source = within()?.source ?? await fetched();
  if (!PLACE.test(source)) throw new Error('The single file beside this page is of another version. Reload the page.');
  return new Blob([source.replace(PLACE, (_, before, behind) => before + inside + behind)], { type: 'text/html' });
}

/** Lessons within have the names of files. @param {string} key */
const nameOf = (key) => (/\.json$/i.test(key) ? key : `${key}.json`);

async function fetched() {
  const answer = await fetch(new URL('../../single.html', import.meta.url)).catch(() => {
    throw new Error('The single file cannot be made now: the site does not answer, and it was not made here before.');
  });
  if (!answer.ok) throw new Error(`The single file cannot be made: the site answers with the error ${answer.status}.`);
  return answer.text();
}
