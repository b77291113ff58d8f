// The loss chart: its title, its settings, and the step under the hand.

import { controlList } from './controls.js';
import { fromJson } from './json.js';
import { byId, setText } from './element.js';

/** @import { Model } from './model.d.ts' */
/** @import { Page, Part } from './page.d.ts' */

/** The settings that stand above the chart, by their keys. */
const [AXIS, BY, CURVE, BATCH] = ['chart', 'by', 'curve', 'batchloss'];
export const CHART_SETTINGS = [AXIS, BY, CURVE, BATCH];

/** @type {Record<string, number>} */
const KEY_STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** @param {Page} page @returns {Part} */
export function chartPart(page) {
  const { lab } = page;
  const chart = byId('chart', HTMLElement);
  const title = byId('chart-title', HTMLElement);
  const note = byId('chart-note', HTMLElement);
  const readout = byId('chart-readout', HTMLOutputElement);
  const showAxis = controlList(page, byId('chart-axis', HTMLElement));
  const showBy = controlList(page, byId('chart-by', HTMLElement));
  const showBatch = controlList(page, byId('chart-batch', HTMLElement));
  /** The step under the hand. @type {number | undefined} */
  let step;

  chart.addEventListener('pointermove', (event) => {
    const box = chart.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const told = lab.hover('chart', 0, x, y);
    page.moved();
    readout.hidden = !told;
    if (!told) {
      step = undefined;
      return;
    }
    const { step: under, text } = fromJson(told);
    step = under ?? undefined;
    setText(readout, text);
    readout.classList.toggle('left', x > box.width / 2);
    if (event.buttons & 1) seek();
  });
  chart.addEventListener('pointerdown', (event) => {
    if (event.button === 0) seek();
  });
  chart.addEventListener('pointerleave', () => {
    lab.leave('chart');
    readout.hidden = true;
    step = undefined;
    page.moved();
  });
  // As a slider it goes from step to step, and says what the runs have lost there.
  chart.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { step: now, steps } = fromJson(lab.live());
    const by = KEY_STEPS[event.key];
    if (event.key === 'Home') step = 0;
    else if (event.key === 'End') step = steps;
    else if (by) step = Math.min(steps, Math.max(0, now + (event.shiftKey ? 10 * by : by)));
    else return;
    event.preventDefault();
    seek();
  });
  function seek() {
    if (step === undefined) return;
    lab.pause();
    lab.seek(step);
    page.moved();
  }

  /** @param {Model} model */
  function show({ chartTitle, chartNote, settings }) {
    setText(title, chartTitle);
    setText(note, chartNote);
    showAxis(settings.filter(({ key }) => key === AXIS));
    showBatch(settings.filter(({ key }) => key === BATCH));
    showBy(settings.filter(({ key }) => key === BY || key === CURVE));
  }
  return { show };
}
