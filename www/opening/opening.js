// What stands there before the core has arrived: the tabs, and the title and the sentence of the
// scene that the address names. It is the first that is read; so it imports next to nothing. Beside
// it: start.js says why the page cannot start; compile.js has the core's code on its way.

import { byId, el, setText, typeset } from '../dom/element.js';

/** @import { Opening, OpeningScene } from '../model.d.ts' */

/** What stands before the key of a lesson of one's own where the browser keeps it. */
export const KEPT_LESSON = 'ravine.lesson.';
/** The reader's own settings that change where things stand, or their colours. */
const LOOKS = ['present', 'theme'];
/** What the address of a projector's window names besides: the pair of windows that it belongs to. */
export const PROJECTOR = 'projector';
/** The pair of this window, if it is the projector's; else `null`. */
export const followedPair = new URLSearchParams(location.search).get(PROJECTOR);

/** What the address of a page within another names besides: that it is one, what it does without, and what more it has. */
const EMBED = ['embed', 'hide', 'controls'];
const [embed, hides, controls] = EMBED.map((name) => new URLSearchParams(location.search).get(name) ?? '');
/** Whether this is a page within another: the pictures and the clock. */
export const isEmbedded = embed !== '' && embed !== '0';

/** @type {Opening} */
const { labs, scenes, lessons, passing, sceneKey, lessonKey, panelsKey, guessKey, revealedKey, longestLesson, keys } = JSON.parse(byId('opening', HTMLScriptElement).text);
export { guessKey, lessonKey, longestLesson, panelsKey, revealedKey, sceneKey };

linkOfQuery();

const parts = location.hash.slice(1).split('&').filter(Boolean).map((part) => {
  const [key = '', value = ''] = part.split('=');
  return { part, key, value };
});
const valueOf = (/** @type {string} */ name) => parts.find(({ key }) => key === name)?.value;

const lesson = lessons.find(({ key }) => key === valueOf(lessonKey)) ?? keptLesson(valueOf(lessonKey));
const ofLesson = lesson?.scenes[Number(valueOf(sceneKey) ?? 1) - 1];
const aside = ofLesson ? [...passing, lessonKey, sceneKey, panelsKey, guessKey, revealedKey] : passing;
const link = parts.filter(({ key }) => !aside.includes(key)).map(({ part }) => part).join('&');
// A place in a lesson alone is the scene's own experiment.
const isScene = ofLesson !== undefined && (link === '' || link === ofLesson.link);
const marked = labs.findLast(({ marks }) => marks.some((mark) => valueOf(mark) !== undefined)) ?? labs[0];
const lab = isScene ? labs.find(({ key }) => key === ofLesson.lab) : marked;
const inLab = scenes.filter((scene) => scene.lab === lab?.key);
const sequence = ofLesson ? lesson?.scenes ?? [] : inLab;
const scene = ofLesson ?? inLab.find((one) => one.link === link) ?? inLab.find(({ key }) => key === valueOf(sceneKey));

const tabs = labs.map(({ key, name }) => el('button', { type: 'button', className: 'tab', textContent: name, value: key }));
byId('labs', HTMLElement).replaceChildren(...tabs);
const root = document.documentElement;
for (const look of LOOKS) root.dataset[look] = valueOf(look) ?? '';
if (followedPair !== null) root.dataset.projector = root.dataset.present = 'yes';
if (isEmbedded) Object.assign(root.dataset, { embed: 'yes', awake: 'no', hides: listed(hides), controls: listed(controls) });
root.dataset.deck = lab === labs[0] ? 'no' : 'yes';
for (const id of ['plots', 'nets']) byId(id, HTMLElement).dataset.count = String((scene ?? inLab[0])?.panels ?? 1);
const asks = scene?.ask ? (valueOf(revealedKey) === undefined ? 'open' : 'answered') : 'no';
root.dataset.asks = asks;
// Its room is there before the core is.
byId('question', HTMLElement).hidden = asks === 'no';
showScene({
  title: scene?.title,
  sentence: (asks === 'open' ? scene?.ask : scene?.sentence) ?? '',
  place: scene ? `${sequence.indexOf(scene) + 1} / ${sequence.length}` : '',
  isChanged: scene !== undefined && !isScene && scene.link !== link,
  isLesson: ofLesson !== undefined,
});
if (ofLesson?.shows.length && valueOf(panelsKey) === undefined) root.dataset.shows = ofLesson.shows.join(' ');
if (scene) document.title = `${scene.title} · Ravine`;
// Until there is a core that answers, what is seen takes no clicks.
const waiting = [...document.querySelectorAll('.head > :not(.brand)')].filter((part) => part instanceof HTMLElement);
for (const part of waiting) part.inert = true;
// Last, for the page is seen from now on.
showLab(lab?.key ?? '');

/** What commas part, as the style sheets ask for it. @param {string} [names] */
function listed(names = '') {
  return names.split(',').join(' ');
}

/**
 * Some write ? where # belongs: a link that stands there is put in its place. Other queries are left
 * alone: mailers and networks hang their own on whatever they pass on.
 */
function linkOfQuery() {
  const [query, own] = [false, true].map((isOwn) => location.search.slice(1).split('&')
    .filter((part) => EMBED.includes(part.split('=')[0] ?? '') === isOwn).join('&'));
  const isKnown = (/** @type {string} */ part) => {
    const [key = ''] = part.split('=');
    return keys.includes(key) || /^\w+\.\w+$/.test(key);
  };
  if (location.hash || !query?.split('&').some(isKnown)) return;
  try {
    history.replaceState(history.state, '', `${location.pathname}${own && `?${own}`}#${query}`);
  } catch {
    // Not allowed here: the page opens as without it.
  }
}

/**
 * A lesson of one's own, whose links are written in full. How many pictures its scenes have is not known yet.
 * @param {string} [key]
 * @returns {Opening['lessons'][number] | undefined}
 */
function keptLesson(key) {
  if (!key) return undefined;
  try {
    const { text } = JSON.parse(localStorage.getItem(KEPT_LESSON + key) ?? '{}');
    /** @type {Partial<{title: string, link: string, text: string, shows: OpeningScene['shows'], question: {ask: string}}>[]} */
    const kept = JSON.parse(text).scenes;
    const { key: lab = '' } = labs.findLast(({ marks }) => marks.some((mark) => valueOf(mark) !== undefined)) ?? labs[0] ?? {};
    return {
      key,
      scenes: kept.map(({ title = '', link = '', text: sentence = '', shows = [], question }) => ({
        lab, key: '', title, sentence, shows, ask: question?.ask ?? null, link: experiment(link), panels: scenes.find((one) => one.lab === lab)?.panels ?? 1,
      })),
    };
  } catch {
    // Storage is blocked, or there is no such lesson.
    return undefined;
  }
}

/** A link without what makes no other experiment of it. @param {string} link */
function experiment(link) {
  return link.split('&').filter((part) => part && !passing.includes(part.split('=')[0] ?? '')).join('&');
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
 * @param {boolean} shown.isLesson whether it is a lesson's
 */
export function showScene({ title, sentence, place, isChanged, isLesson }) {
  root.dataset.lesson = isLesson ? 'yes' : 'no';
  setText(byId('scene-name', HTMLElement), title ?? 'Scenes');
  byId('scene-title', HTMLElement).classList.toggle('changed', isChanged);
  setText(byId('scene-count', HTMLElement), `${place}${isChanged ? ', changed' : ''}`);
  const caption = byId('caption', HTMLElement);
  if (caption.dataset.text !== sentence) caption.replaceChildren(...typeset(sentence));
  caption.dataset.text = sentence;
}
