// The transport: reset, step back, play, step, scrub, horizon, speed.

import { controlList } from '../controls/controls.js';
import { byId, setText } from '../dom/element.js';
import { speak } from '../dom/notes.js';

/** @import { Dial, Live, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** The settings that stand in the transport, by their keys. */
const [HORIZON, SPEED] = ['steps', 'speed'];
export const TRANSPORT_SETTINGS = [HORIZON, SPEED];

/** @param {Page} page @param {{isOpen: () => boolean, reveal: () => void}} question that of the scene @returns {Part & {toggle: () => void, step: (by: 1 | -1) => void, to: (end: 'start' | 'end') => void, faster: (by: 1 | -1) => void}} */
export function transportPart(page, question) {
  const { lab } = page;
  const play = byId('play', HTMLButtonElement);
  const playIcon = play.querySelector('use');
  const count = byId('step-now', HTMLInputElement);
  const where = byId('clock-place', HTMLElement);
  const transport = byId('transport', HTMLElement);
  const label = byId('tick', HTMLElement);
  const work = byId('work', HTMLElement);
  const scrub = byId('scrub', HTMLInputElement);
  const showHorizon = controlList(page, byId('horizon', HTMLElement));
  const showSpeed = controlList(page, byId('speed', HTMLElement));
  let shown = '';
  /** What the clock counts. */
  let tick = '';
  /** @type {Dial | undefined} */
  let speed;
  /** @type {Live | undefined} */
  let live;

  function toggle() {
    // What is asked is answered by what plays.
    if (question.isOpen()) {
      question.reveal();
      return;
    }
    if (lab.playing()) lab.pause();
    else lab.play();
    page.moved();
  }
  /** @param {1 | -1} by */
  function step(by) {
    lab.pause();
    if (by > 0) lab.step();
    else lab.back();
    page.moved();
  }
  /** @param {'start' | 'end'} end */
  function to(end) {
    if (end === 'start') lab.rewind();
    else lab.seek(live?.steps ?? 0);
    page.moved();
  }
  /** Twice (1) or half (−1) as fast. @param {1 | -1} by */
  function faster(by) {
    if (!speed) return;
    const value = Math.min(speed.max, Math.max(speed.min, speed.value * 2 ** by));
    // A key that is pressed again before the next frame goes on from here.
    speed = { ...speed, value };
    page.set(SPEED, String(Number(value.toPrecision(3))));
    speak(`${Number(value.toPrecision(3))} ${tick}s a second`);
  }
  /** @param {HTMLInputElement} input */
  function seek(input) {
    if (Number.isNaN(input.valueAsNumber)) return;
    lab.pause();
    // The core's numbers wrap around.
    lab.seek(Math.min(Number(input.max), Math.max(0, input.valueAsNumber)));
    page.moved();
  }

  const steps = ['back', 'step', 'rewind'].map((id) => byId(id, HTMLButtonElement));
  play.addEventListener('click', toggle);
  byId('back', HTMLButtonElement).addEventListener('click', () => step(-1));
  byId('step', HTMLButtonElement).addEventListener('click', () => step(1));
  byId('rewind', HTMLButtonElement).addEventListener('click', () => to('start'));
  scrub.addEventListener('input', () => seek(scrub));
  count.addEventListener('change', () => {
    seek(count);
    // What was typed may be no step, or one that there is not.
    count.value = String(Math.floor(lab.position()));
  });

  /** @param {Model} model */
  function show({ settings, net, question: asked }) {
    // A clock that waits for an answer goes nowhere.
    for (const part of [scrub, count, ...steps]) part.disabled = asked?.isOpen ?? false;
    tick = net?.tick ?? 'step';
    setText(label, tick);
    transport.style.setProperty('--per', `"${tick}s/s"`);
    showHorizon(settings.filter(({ key }) => key === HORIZON));
    speed = settings.find(({ key }) => key === SPEED);
    showSpeed(speed ? [speed] : []);
  }

  /** @param {Live} next */
  function advance(next) {
    live = next;
    showWork(next.progress);
    const now = `${next.step} ${next.steps} ${next.playing} ${next.place}`;
    if (now === shown) return;
    shown = now;
    scrub.max = count.max = String(next.steps);
    transport.style.setProperty('--digits', String(count.max.length));
    scrub.value = String(next.step);
    scrub.style.setProperty('--at', String(next.steps > 0 ? next.step / next.steps : 0));
    setText(where, next.place);
    scrub.setAttribute('aria-valuetext', `${tick} ${next.step} of ${next.steps}${next.place && `, ${next.place}`}`);
    if (document.activeElement !== count || next.playing) count.value = String(next.step);
    play.setAttribute('aria-label', next.playing ? 'Pause' : 'Play');
    playIcon?.setAttribute('href', next.playing ? '#icon-pause' : '#icon-play');
    play.classList.toggle('playing', next.playing);
  }
  /** How far what is being computed has come. @param {number} progress from 0 to 1 */
  function showWork(progress) {
    const percent = Math.floor(100 * progress);
    work.hidden = progress >= 1;
    if (work.hidden) return;
    work.setAttribute('aria-valuenow', String(percent));
    work.style.setProperty('--done', `${percent}%`);
  }
  return { show, advance, toggle, step, to, faster };
}
