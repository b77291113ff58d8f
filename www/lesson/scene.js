// What is shown as a scene of a lesson.

import { isOwn } from './shelf.js';

/** @import { LabEntry, Lesson, Model, Scene } from '../model.d.ts' */

/** The longest title that the core takes, in characters. */
export const LONGEST_TITLE = 100;

/**
 * With the words that stand below the picture; where another scene of one's own was changed, those
 * are of that one, and what is said is said of the experiment.
 * @param {Model} model
 * @param {LabEntry} entry
 * @param {Lesson | undefined} lesson that is open
 * @param {string} link of what is shown
 * @returns {Scene}
 */
export function sceneOf({ lesson: place, scene, surface }, { presets }, lesson, link) {
  const ofLesson = place && !(isOwn(place.key) && place.isChanged) ? lesson?.scenes[place.scene] : undefined;
  if (ofLesson) return { ...structuredClone(ofLesson), link };
  const preset = place ? undefined : presets[scene];
  const title = preset?.title ?? (surface.name.slice(0, LONGEST_TITLE) || 'A scene');
  const text = preset?.sentence || surface.teaches || `${title}.`;
  return { title, link, text, try: [], notes: '', shows: [] };
}

/**
 * The panels of the page that a scene may do without, and what each is called in the lab at hand:
 * nothing where the lab has none such.
 * @type {{key: Scene['shows'][number], label: (model: Model) => string}[]}
 */
export const PANELS = [
  { key: 'formula', label: ({ net, data }) => (net ? '' : data ? 'loss and its dials' : 'formula and its dials') },
  { key: 'data', label: ({ net, data }) => (data && !net ? 'data' : '') },
  { key: 'net', label: ({ net }) => (net ? 'net' : '') },
  { key: 'detail', label: ({ net, data }) => (net ? 'net in numbers' : data ? 'pseudo code, noise ball' : '') },
  { key: 'chart', label: () => 'loss chart' },
  { key: 'runs', label: () => 'runs' },
];
