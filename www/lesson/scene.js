// What is shown as a scene of a lesson.

import { isOwn } from './shelf.js';

/** @import { LabEntry, Lesson, Model, Scene } from '../model.d.ts' */

/** The longest title that is made up here. */
const LONGEST_TITLE = 100;

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

/** A panel of the page that a scene may do without, and what the page calls it. @type {{key: Scene['shows'][number], label: string, isIn: (model: Model) => boolean}[]} */
export const PANELS = [
  { key: 'formula', label: 'surface and formula', isIn: ({ net }) => !net },
  { key: 'data', label: 'data', isIn: ({ net, data }) => !net && !!data },
  { key: 'net', label: 'net', isIn: ({ net }) => !!net },
  { key: 'detail', label: 'what is chosen beside it', isIn: ({ net, data }) => !!net || !!data },
  { key: 'chart', label: 'loss chart', isIn: () => true },
  { key: 'runs', label: 'runs', isIn: () => true },
];
