// The loss chart: its title, its settings, and the step under the hand; or, where it is about runs with
// other values of their dials, these; and some of these charts are maps to be zoomed and dragged.

import { controlList } from '../controls/controls.js';
import { fromJson } from '../core/json.js';
import { byId, setText } from '../dom/element.js';
import { ARROWS, handOn, KEY_ZOOMS, keysOn, NUDGE_PX, placeOn, readingOf, zoomOf } from '../core/pointer.js';

/** @import { Live, Model } from '../model.d.ts' */
/** @import { Point } from '../core/pointer.js' */
/** @import { Page, Part } from '../page.d.ts' */

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
  const showAxis = controlList(page, byId('chart-axis', HTMLElement));
  const showBy = controlList(page, byId('chart-by', HTMLElement));
  const showBatch = controlList(page, byId('chart-batch', HTMLElement));
  /** The step under the hand. @type {number | undefined} */
  let step;
  let setsDials = false;
  let zooms = false;
  const whole = byId('chart-whole', HTMLButtonElement);
  const showWhole = () => page.act('reset-window');
  whole.addEventListener('click', showWhole);

  const reading = readingOf(page, chart, {
    readout: byId('chart-readout', HTMLOutputElement),
    at: (at) => lab.hover('chart', 0, ...at),
    leave() {
      lab.leave('chart');
      step = undefined;
    },
  });
  const { leave } = reading;
  /** @param {MouseEvent} event */
  function hover(event) {
    step = reading.read(event)?.step ?? undefined;
  }
  handOn(chart, {
    hover,
    leave,
    fingers: () => (zooms ? 2 : 1),
    press(at, { pointerType }) {
      if (setsDials) {
        lab.take_dials(...at);
        // Elsewhere a click takes a run to there, and a finger scrolls the page.
        return lab.pick('chart', ...at) || (zooms && pointerType !== 'touch' ? 'pan' : 'tap');
      }
      seek();
      return '';
    },
    drag({ at, by, doing, isClick }, event) {
      if (doing === 'pan') {
        if (!isClick) lab.pan(...by);
        page.edited();
      } else if (setsDials && doing !== 'tap' && !isClick) putDials(at);
      hover(event);
      if (!setsDials) seek();
    },
    pinch(middle, by, factor) {
      lab.pan(...by);
      lab.zoom(...middle, factor);
      page.edited();
    },
    release({ at, doing, isClick }) {
      if (setsDials && (doing === 'tap' || doing === 'pan') && isClick) putDials(at);
    },
    holds: (at) => setsDials && lab.pick('chart', ...at) !== '',
  });
  chart.addEventListener('wheel', (event) => {
    if (!zooms) return;
    event.preventDefault();
    zoomAt(placeOn(chart, event), zoomOf(event));
    hover(event);
  }, { passive: false });
  chart.addEventListener('dblclick', (event) => {
    if (zooms) zoomAt(placeOn(chart, event), event.shiftKey ? 0.5 : 2);
  });
  // As a slider it goes from step to step, and says what the runs have lost there.
  keysOn(chart, ({ key, shiftKey }) => {
    const arrow = ARROWS[key];
    if (setsDials && arrow) {
      const far = shiftKey ? NUDGE_PX * 10 : NUDGE_PX;
      lab.nudge_dials(arrow[0] * far, arrow[1] * far);
      page.edited();
      return true;
    }
    if (setsDials) {
      const factor = KEY_ZOOMS[key];
      if (zooms && key === '0') showWhole();
      else if (zooms && factor) zoomAt([chart.clientWidth / 2, chart.clientHeight / 2], factor);
      else return false;
      return true;
    }
    const { step: now, steps } = fromJson(lab.live());
    const by = KEY_STEPS[key];
    if (key === 'Home') step = 0;
    else if (key === 'End') step = steps;
    else if (by) step = Math.min(steps, Math.max(0, now + (shiftKey ? 10 * by : by)));
    else return false;
    seek();
    return true;
  });
  /** @param {Point} at @param {number} factor */
  function zoomAt(at, factor) {
    lab.zoom(...at, factor);
    page.edited();
  }
  /** @param {Point} at */
  function putDials(at) {
    lab.put_dials(...at);
    page.edited();
  }
  function seek() {
    if (step === undefined) return;
    lab.pause();
    lab.seek(step);
    page.moved();
  }

  /** @param {Model} model */
  function show({ chartTitle, chartNote, chartSetsDials, chartZooms, chartIsZoomed, settings }) {
    setsDials = chartSetsDials;
    zooms = chartZooms;
    whole.hidden = !chartIsZoomed;
    chart.dataset.sets = chartSetsDials ? 'dials' : 'step';
    setText(title, chartTitle);
    setText(note, chartNote);
    showAxis(settings.filter(({ key }) => key === AXIS));
    showBatch(settings.filter(({ key }) => key === BATCH));
    showBy(settings.filter(({ key }) => key === BY || key === CURVE));
    reading.again();
  }
  /** More of a map is known. @param {Live} live */
  function advance({ progress }) {
    if (progress !== done) reading.again();
    done = progress;
  }
  let done = 1;
  return { show, advance };
}
