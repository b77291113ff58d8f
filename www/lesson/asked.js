// The question of a scene, in fields.

import { byId, el } from '../dom/element.js';

/** @import { Model, Question, Scene } from '../model.d.ts' */

/** What a field of a question holds. @typedef {'run' | 'step' | 'level' | 'most'} Part */
/** A question as the fields have it: some of it may be missing. @typedef {{ask: string, kind: string, why: string} & Partial<Record<Part, string | number>>} Asked */

/** What can be asked, and what that is about. @type {Record<string, {says: string, ask: string, parts: Part[]}>} */
const KINDS = {
  where: { says: 'Where will a run be?', ask: 'Where will it be?', parts: ['run', 'step'] },
  first: { says: 'Which run is down first?', ask: 'Which one is down first?', parts: ['level'] },
  direction: { says: 'Which direction falls fastest?', ask: 'Which direction falls fastest from the start?', parts: [] },
  steps: { says: 'After how many steps is a run down?', ask: 'How many steps does it take?', parts: ['run', 'level', 'most'] },
  alpha: { says: 'Up to which α does a run converge?', ask: 'Up to which α does it converge?', parts: ['run'] },
};
/** Of the loss that a run starts with. */
const USUAL_LEVEL = 0.01;

/** @param {(change: (scene: Scene) => void) => void} edit changes the scene at hand */
export function questionFields(edit) {
  const kind = byId('writing-kind', HTMLSelectElement);
  const run = byId('writing-run', HTMLSelectElement);
  const [ask, why] = [byId('writing-asks', HTMLInputElement), byId('writing-why', HTMLTextAreaElement)];
  /** @type {[Part, HTMLInputElement][]} */
  const numbers = [
    ['step', byId('writing-at', HTMLInputElement)],
    ['level', byId('writing-level', HTMLInputElement)],
    ['most', byId('writing-most', HTMLInputElement)],
  ];
  const rest = byId('writing-asked', HTMLElement);
  kind.append(
    el('option', { value: '', textContent: 'nothing' }),
    ...Object.entries(KINDS).map(([value, { says }]) => el('option', { value, textContent: says })),
  );

  /** @param {(question: Asked) => void} change */
  const editQuestion = (change) => edit((scene) => {
    const question = /** @type {Asked | undefined} */ (scene.question);
    if (question) change(question);
  });
  kind.addEventListener('change', () => edit((scene) => {
    const before = /** @type {Asked | undefined} */ (scene.question);
    const now = KINDS[kind.value];
    if (!now) {
      delete scene.question;
      return;
    }
    // What was asked so far stays, unless it was what is asked usually.
    const isUsual = !before || before.ask === KINDS[before.kind]?.ask;
    /** @type {Asked} */
    const asked = { ask: isUsual ? now.ask : before.ask, kind: kind.value, why: before?.why ?? '' };
    for (const part of now.parts) {
      const value = before?.[part] ?? { run: run.options[0]?.value ?? '', level: USUAL_LEVEL, step: undefined, most: undefined }[part];
      if (value !== undefined) asked[part] = value;
    }
    scene.question = /** @type {Question} */ (asked);
  }));
  run.addEventListener('change', () => editQuestion((question) => { question.run = run.value; }));
  ask.addEventListener('input', () => editQuestion((question) => { question.ask = ask.value; }));
  why.addEventListener('input', () => editQuestion((question) => { question.why = why.value; }));
  for (const [part, field] of numbers) {
    field.addEventListener('input', () => editQuestion((question) => {
      // What is no number goes to the core as it is, which says so.
      const number = Number(field.value);
      if (field.value.trim() === '') delete question[part];
      else question[part] = Number.isNaN(number) ? field.value : number;
    }));
  }

  return {
    /** The fields of free text. */
    texts: [ask, why, ...numbers.map(([, field]) => field)],
    /** @param {(field: HTMLInputElement | HTMLTextAreaElement, name: string) => void} by marks a field that is wrong, by its name in a file */
    mark(by) {
      by(ask, 'ask');
      by(why, 'why');
      for (const [part, field] of numbers) by(field, part);
    },
    /**
     * @param {Scene} scene
     * @param {Model} model
     * @param {(field: HTMLInputElement | HTMLTextAreaElement, value: string) => void} put
     */
    show(scene, { runs }, put) {
      const question = /** @type {Asked | undefined} */ (scene.question);
      kind.value = question?.kind ?? '';
      rest.hidden = !question;
      const names = runs.map(({ name }) => name);
      // A run that is not there now may be in the scene's own experiment.
      const other = typeof question?.run === 'string' && !names.includes(question.run) ? [question.run] : [];
      const titles = new Map(runs.map(({ name, title }) => [name, title]));
      const options = [...names, ...other].map((value) => el('option', { value, textContent: titles.get(value) ?? value }));
      if ([...run.options].map(({ text }) => text).join() !== options.map(({ text }) => text).join()) run.replaceChildren(...options);
      if (!question) return;
      put(ask, question.ask);
      put(why, question.why);
      run.value = String(question.run ?? '');
      const parts = KINDS[question.kind]?.parts ?? [];
      for (const [part, field] of numbers) put(field, String(question[part] ?? ''));
      for (const label of rest.querySelectorAll('label')) {
        if (label.dataset.of) label.hidden = !parts.some((part) => part === label.dataset.of);
      }
    },
  };
}
