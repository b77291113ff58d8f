// A picture while it plays, from the start to the end, as the browser's recorder takes it. The clock is led
// through the scene at the pace that was asked for; what there is to see at the end is computed before.

import { boxesOf, keepFine } from '../core/canvases.js';
import { fromJson } from '../core/json.js';
import { el } from '../dom/element.js';
import { END } from './script.js';

/** @import { Page } from '../page.d.ts' */
/** @import { Script } from './script.js' */
/** @import { Begun } from './taking.js' */

/** Bits for each pixel of a frame: thin lines stay sharp. */
const BITS_PER_PIXEL = 0.25;
/** Between two pictures, in CSS pixels. */
const GAP = 16;
/** What browsers record, the best first, with the endings of the files. */
const KINDS = [['video/webm;codecs=vp9', 'webm'], ['video/webm', 'webm'], ['video/mp4', 'mp4']];

/** A title over a panel is so high, in CSS pixels. */
const TITLE = 30;

/** What stands over a panel; may be empty. @param {HTMLElement} box */
const titleOf = (box) => {
  const head = box.parentElement?.querySelector('.plot-head');
  return head?.checkVisibility() ? head.querySelector('h2')?.textContent ?? '' : '';
};

const kind = () => KINDS.find(([type = '']) => globalThis.MediaRecorder?.isTypeSupported(type));

/** The ending of the file. */
export const filmEnding = () => kind()?.[1] ?? 'webm';

/**
 * Plays and records. The clock is put back where it was.
 * @param {Page} page
 * @param {string} picture
 * @param {Script} script
 * @param {(progress: number) => void} tell
 * @returns {Begun<Blob>}
 */
export function film({ lab, moved }, picture, { seconds, rate, scale }, tell) {
  const [type] = kind() ?? [];
  if (type === undefined) {
    return { making: Promise.reject(new Error('This browser records no video. “export FILE.gif” of the command line makes an animation.')), cancel() {} };
  }
  if (document.documentElement.dataset.asks === 'open') {
    return { making: Promise.reject(new Error('The clock stands until the question is answered: there is nothing to be filmed yet.')), cancel() {} };
  }
  const panels = boxesOf(picture).map((box) => ({ box, title: titleOf(box), width: box.clientWidth, height: box.clientHeight }));
  const top = panels.some(({ title }) => title) ? TITLE : 0;
  const width = panels.reduce((sum, panel) => sum + panel.width + GAP, -GAP);
  const height = top + Math.max(...panels.map((panel) => panel.height));
  // Recorders want even numbers.
  const [columns = 2, rows = 2] = [width, height].map((side) => 2 * Math.round(side * scale / 2));
  const canvas = el('canvas', { width: columns, height: rows });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { alpha: false }));
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const { steps } = fromJson(lab.live());
  const before = { position: lab.position(), playing: lab.playing() };
  const stream = canvas.captureStream(rate);
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: canvas.width * canvas.height * rate * BITS_PER_PIXEL });
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  let frame = 0;

  function draw() {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    let left = 0;
    for (const panel of panels) {
      const origin = panel.box.getBoundingClientRect();
      if (panel.title) write(panel.title, left + 6, top / 2, panel.box);
      // Each where it is in its box: a net has a small one for each unit.
      for (const layer of panel.box.querySelectorAll('canvas')) {
        if (!layer.checkVisibility()) continue;
        const at = layer.getBoundingClientRect();
        context.drawImage(layer, left + at.x - origin.x, top + at.y - origin.y, at.width, at.height);
      }
      for (const label of panel.box.querySelectorAll('.node span')) {
        const at = label.getBoundingClientRect();
        write(label.textContent ?? '', left + at.x - origin.x, top + at.y - origin.y + at.height / 2, label);
      }
      left += panel.width + GAP;
    }
  }

  /** @param {string} text @param {number} x @param {number} y @param {Element} like what has its type and colour */
  function write(text, x, y, like) {
    const { color, fontFamily, fontSize } = getComputedStyle(like);
    Object.assign(context, { fillStyle: color, font: `${fontSize} ${fontFamily}`, textBaseline: 'middle' });
    context.fillText(text, x, y);
  }

  /** Waits until all is there that is seen at the end. */
  function prepare() {
    if (fromJson(lab.live()).progress < 1) {
      frame = requestAnimationFrame(prepare);
      return;
    }
    lab.follow(0, true);
    moved();
    // The first step is drawn with the next frame.
    frame = requestAnimationFrame((now) => {
      draw();
      recorder.start();
      goOn(now, now);
    });
  }

  /** @param {number} now @param {number} since when it was begun, in milliseconds as the other */
  function goOn(now, since) {
    draw();
    const passed = (now - since) / 1000;
    const share = Math.min(passed / seconds, 1);
    tell(passed / (seconds + END));
    if (passed > seconds + END) {
      recorder.stop();
      return;
    }
    lab.follow(share * steps, share < 1);
    moved();
    frame = requestAnimationFrame((later) => goOn(later, since));
  }

  function end() {
    cancelAnimationFrame(frame);
    for (const track of stream.getTracks()) track.stop();
    lab.take_hand_off(false);
    keepFine(lab, 0);
    lab.go_to(before.position, before.playing);
    moved();
  }

  /** @type {Promise<Blob>} */
  const making = new Promise((resolve, reject) => {
    recorder.onerror = () => {
      end();
      reject(new Error('The browser stopped recording.'));
    };
    recorder.onstop = () => {
      end();
      resolve(new Blob(parts, { type }));
    };
  });
  lab.take_hand_off(true);
  keepFine(lab, scale);
  lab.seek(steps);
  moved();
  prepare();
  return { making, cancel: () => (recorder.state === 'inactive' ? end() : recorder.stop()) };
}
