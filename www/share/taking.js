// Taken along as a file: a picture of what is shown, the experiment as a table or as code. The tools make
// them in a worker, which is ended when one does not want to wait; where there can be none, here in slices.

import { shownPictures, toldSizes } from '../core/canvases.js';
import { fromJson, toJson } from '../core/json.js';
import { download } from '../dom/download.js';
import { byId, el, setText } from '../dom/element.js';
import { workerOf } from '../opening/parts.js';
import { singleFile } from '../offline/single.js';
import { film, filmEnding } from './film.js';
import { make } from './making.js';
import { scriptPart } from './script.js';

/** @import { Shot } from '../model.d.ts' */
/** @import { Page } from '../page.d.ts' */
/** @import { Told, Wanted } from './making.js' */
/** @import { Shown } from './share.js' */

/** What is under way. @template T @typedef {{making: Promise<T>, cancel: () => void}} Begun */

/** What the pictures are called, in the order in which they are offered. @type {Record<string, string>} */
const PICTURES = {
  plot: 'The plot', panel: 'The nets', chart: 'The chart', data: 'The data', ball: 'The noise ball',
  net: 'The net', land: 'The loss surface', losses: 'The loss functions',
};
/** The kinds of text, with the ending of the file and what is put behind its title. @type {Record<string, {ending: string, of: string}>} */
const TEXTS = {
  csv: { ending: 'csv', of: 'paths' }, data: { ending: 'csv', of: 'data' }, net: { ending: 'json', of: 'net' },
  numpy: { ending: 'py', of: '' }, pytorch: { ending: 'py', of: 'pytorch' },
  notebook: { ending: 'ipynb', of: '' }, 'notebook-pytorch': { ending: 'ipynb', of: 'pytorch' },
};
/** What no file of some system may have in its name. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}]/gu;
const LONGEST_NAME = 100;

/**
 * @param {Page} page
 * @param {(key: string) => {key: string, text: string} | null} lessonFile the file of a lesson that is not built in
 */
export function takingPart(page, lessonFile) {
  const { lab } = page;
  const picture = byId('taken-picture', HTMLSelectElement);
  const format = byId('taken-format', HTMLSelectElement);
  const kind = byId('taken-text', HTMLSelectElement);
  const filming = scriptPart(lab);
  const saves = ['taken-picture-save', 'taken-text-save', 'single-save'].map((id) => byId(id, HTMLButtonElement));
  const working = byId('taken-working', HTMLElement);
  const bar = byId('taken-progress', HTMLProgressElement);
  const said = byId('taken-said', HTMLElement);
  /** The key of the lesson that is open; may be empty. */
  let lesson = '';
  /** Ends what is under way. */
  let stop = () => {};
  /** What had the focus when something was begun. @type {Element | null} */
  let pressed = null;
  const cancelling = byId('taken-cancel', HTMLButtonElement);
  cancelling.addEventListener('click', () => stop());
  byId('link', HTMLDialogElement).addEventListener('close', () => stop());

  /**
   * Makes one thing and saves it.
   * @template T
   * @param {(tell: (progress: number) => void) => Begun<T>} begin
   * @param {(made: T) => Promise<Blob>} file
   * @param {string} name
   */
  async function save(begin, file, name) {
    stop();
    const { making, cancel } = begin((progress) => { bar.value = progress; });
    let isStopped = false;
    stop = () => {
      isStopped = true;
      cancel();
      done('Cancelled.');
    };
    pressed = document.activeElement;
    for (const button of saves) button.disabled = true;
    bar.removeAttribute('value');
    working.hidden = false;
    cancelling.focus();
    setText(said, '');
    try {
      const blob = await file(await making);
      if (isStopped) return;
      download(blob, name);
      done(`Saved as ${name}, where this browser puts what it downloads.`);
    } catch (fault) {
      if (!isStopped) done(String(fault instanceof Error ? fault.message : fault));
    }
  }

  /** @param {string} words */
  function done(words) {
    stop = () => {};
    working.hidden = true;
    for (const button of saves) button.disabled = false;
    // The focus goes back to the button that was pressed.
    if (words && pressed instanceof HTMLElement) pressed.focus();
    pressed = null;
    setText(said, words);
  }

  format.addEventListener('input', () => filming.offer(format.value === 'film'));
  byId('taken-picture-save', HTMLButtonElement).addEventListener('click', () => {
    if (format.value === 'film') {
      const script = filming.script();
      if (!script) {
        done(filming.fault());
        return;
      }
      const title = nameOf(titleOf(), words(picture), filmEnding());
      void save((tell) => film(page, picture.value, script, tell), async (made) => made, title);
      return;
    }
    const { names, sizes, typeSize } = toldSizes();
    const link = lab.link();
    const title = titleOf();
    /** @type {Shot} */
    const shot = {
      link, title,
      step: fromJson(lab.live()).step,
      lesson: lesson ? [lesson, lab.lesson_text(lesson)] : null,
      picture: picture.value,
      sizes: names.map((name, at) => [name, [sizes[2 * at] ?? 1, sizes[2 * at + 1] ?? 1]]),
      presentTypeSize: typeSize,
      isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    };
    const [ending = '', scale] = format.value.split(' ');
    const file = async (/** @type {string | Uint8Array<ArrayBuffer>} */ made) => {
      const blob = new Blob([made], { type: ending === 'tex' ? 'text/plain' : 'image/svg+xml' });
      return scale ? pixelsOf(blob, Number(scale)) : blob;
    };
    void save((tell) => begun({ shot: toJson(shot), as: ending === 'tex' ? 'pgf' : 'svg' }, tell), file, nameOf(title, words(picture), ending));
  });

  byId('taken-text-save', HTMLButtonElement).addEventListener('click', () => {
    const { ending = 'txt', of = '' } = TEXTS[kind.value] ?? {};
    const file = async (/** @type {string | Uint8Array<ArrayBuffer>} */ made) => new Blob([made], { type: 'text/plain' });
    // In a lesson the link of the page may name a place alone: this is the experiment itself.
    const wanted = { link: lab.job_link(), kind: kind.value };
    void save((tell) => begun(wanted, tell), file, nameOf(titleOf(), of, ending));
  });

  byId('single-save', HTMLButtonElement).addEventListener('click', () => {
    const file = singleFile({ link: lab.link(), lesson: lesson ? lessonFile(lesson) : null });
    void save(() => ({ making: file, cancel() {} }), async (made) => made, nameOf('Ravine', titleOf() === 'Ravine' ? '' : titleOf(), 'html'));
  });

  return {
    /** What there is to be taken along now. @param {Shown} now */
    show(now) {
      lesson = now.lesson;
      const isThere = (/** @type {string} */ name) => (name === 'data' ? now.hasData : name === 'net' ? now.hasNet : true);
      for (const option of kind.options) option.hidden = option.disabled = !isThere(option.value);
      if (!isThere(kind.value)) kind.selectedIndex = 0;
      const shown = shownPictures();
      const before = picture.value;
      picture.replaceChildren(...Object.entries(PICTURES).filter(([name]) => shown.includes(name))
        .map(([name, words]) => el('option', { value: name, textContent: words })));
      if (shown.includes(before)) picture.value = before;
      filming.ofScene(now.speed);
      done('');
    },
  };
}

/** What a select says is chosen, for the name of a file. @param {HTMLSelectElement} select */
const words = (select) => (select.selectedOptions[0]?.textContent ?? '').replace(/^The /, '');

/** The title of the scene, or what the page is. */
function titleOf() {
  const title = document.title.replace(/ · Ravine$/, '');
  return title.startsWith('Ravine') ? 'Ravine' : title.charAt(0).toUpperCase() + title.slice(1);
}

/** A name that every system takes. @param {string} title @param {string} of what of it, may be empty @param {string} ending */
function nameOf(title, of, ending) {
  const name = [title, of].filter(Boolean).join(', ').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();
  return `${name.slice(0, LONGEST_NAME).replace(/[. ]+$/, '') || 'Ravine'}.${ending}`;
}

/**
 * Begins to make something.
 * @param {Wanted} wanted
 * @param {(progress: number) => void} tell
 * @returns {Begun<string | Uint8Array<ArrayBuffer>>}
 */
function begun(wanted, tell) {
  let isCancelled = false;
  let cancel = () => { isCancelled = true; };
  /** @type {Promise<string | Uint8Array<ArrayBuffer>>} */
  const making = new Promise((resolve, reject) => {
    const here = () => make(wanted, tell, () => new Promise((goOn, end) => {
      if (isCancelled) end(new Error('Cancelled.'));
      else setTimeout(goOn);
    })).then(resolve, reject);
    /** @type {Worker} */
    let worker;
    try {
      worker = workerOf('www/share/maker.js');
    } catch {
      void here();
      return;
    }
    let isReady = false;
    cancel = () => worker.terminate();
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      if (isReady) reject(new Error(`It could not be made: ${event.message}.`));
      else void here();
    };
    /** @param {MessageEvent<Told | 'ready'>} event */
    worker.onmessage = ({ data }) => {
      if (data === 'ready') {
        isReady = true;
        worker.postMessage(wanted);
      } else if ('progress' in data) {
        tell(data.progress);
      } else {
        worker.terminate();
        if ('made' in data) resolve(data.made);
        else reject(new Error(data.fault));
      }
    };
  });
  return { making, cancel: () => cancel() };
}

/**
 * A picture in pixels.
 * @param {Blob} svg
 * @param {number} scale so many pixels to one of CSS
 * @returns {Promise<Blob>}
 */
async function pixelsOf(svg, scale) {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = el('canvas', { width: Math.round(image.naturalWidth * scale), height: Math.round(image.naturalHeight * scale) });
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error(`A picture of ${canvas.width} × ${canvas.height} pixels is too large for this browser.`);
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}
