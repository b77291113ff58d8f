// What stands there before the core has arrived: the tabs, and the title and the sentence of the
// scene that the address names. It is the first that is read; so it imports next to nothing. Beside
// it: start.js says why the page cannot start; compile.js has the core's code on its way.

import { byId, el, setText, typeset } from '../dom/element.js';

/** @import { Opening } from '../model.d.ts' */

/** The reader's own settings that change where things stand, or their colours. */
const LOOKS = ['present', 'theme'];

/** @type {Opening} */
const { labs, scenes, passing, sceneKey, keys } = JSON.parse(byId('opening', HTMLScriptElement).text);

linkOfQuery();

const parts = location.hash.slice(1).split('&').filter(Boolean).map((part) => {
  const [key = '', value = ''] = part.split('=');
  return { part, key, value };
});
const valueOf = (/** @type {string} */ name) => parts.find(({ key }) => key === name)?.value;

const lab = labs.findLast(({ marks }) => marks.some((mark) => valueOf(mark) !== undefined)) ?? labs[0];
const link = parts.filter(({ key }) => !passing.includes(key)).map(({ part }) => part).join('&');
const inLab = scenes.filter((scene) => scene.lab === lab?.key);
const scene = inLab.find((one) => one.link === link) ?? inLab.find(({ key }) => key === valueOf(sceneKey));

const tabs = labs.map(({ key, name }) => el('button', { type: 'button', className: 'tab', textContent: name, value: key }));
byId('labs', HTMLElement).replaceChildren(...tabs);
const root = document.documentElement;
for (const look of LOOKS) root.dataset[look] = valueOf(look) ?? '';
root.dataset.deck = lab === labs[0] ? 'no' : 'yes';
for (const id of ['plots', 'nets']) byId(id, HTMLElement).dataset.count = String((scene ?? inLab[0])?.panels ?? 1);
showScene({
  title: scene?.title,
  sentence: scene?.sentence ?? '',
  place: scene ? `${inLab.indexOf(scene) + 1} / ${inLab.length}` : '',
  isChanged: scene !== undefined && scene.link !== link,
});
if (scene) document.title = `${scene.title} · Ravine`;
// Until there is a core that answers, what is seen takes no clicks.
const waiting = [...document.querySelectorAll('.head > :not(.brand)')].filter((part) => part instanceof HTMLElement);
for (const part of waiting) part.inert = true;
// Last, for the page is seen from now on.
showLab(lab?.key ?? '');

/**
 * Some write ? where # belongs: a link that stands there is put in its place. Other queries are left
 * alone: mailers and networks hang their own on whatever they pass on.
 */
function linkOfQuery() {
  const query = location.search.slice(1);
  const isKnown = (/** @type {string} */ part) => {
    const [key = ''] = part.split('=');
    return keys.includes(key) || /^\w+\.\w+$/.test(key);
  };
  if (location.hash || !query.split('&').some(isKnown)) return;
  try {
    history.replaceState(history.state, '', `${location.pathname}#${query}`);
  } catch {
    // Not allowed here: the page opens as without it.
  }
}

/** The core is there, and has drawn. */
export function ready() {
  for (const part of waiting) part.inert = false;
  root.dataset.ready = 'yes';
}

/** @param {string} open the key of the lab that is open */
export function showLab(open) {
  for (const tab of tabs) tab.setAttribute('aria-current', tab.value === open ? 'page' : 'false');
  root.dataset.lab = open;
}

/**
 * @param {object} shown
 * @param {string} [shown.title] of a scene; without one there is none
 * @param {string} shown.sentence
 * @param {string} shown.place among the scenes of its lab
 * @param {boolean} shown.isChanged whether it is another since it was opened
 */
export function showScene({ title, sentence, place, isChanged }) {
  setText(byId('scene-name', HTMLElement), title ?? 'Scenes');
  byId('scene-title', HTMLElement).classList.toggle('changed', isChanged);
  setText(byId('scene-count', HTMLElement), `${place}${isChanged ? ', changed' : ''}`);
  const caption = byId('caption', HTMLElement);
  if (caption.dataset.text !== sentence) caption.replaceChildren(...typeset(sentence));
  caption.dataset.text = sentence;
}
