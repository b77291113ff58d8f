// Maps, what very many runs lead to, are left to a worker: the same core beside the page's thread (mapper.js).
// Until it is there, and where there can be none, the core computes them itself, a little in every frame.

import { compiled } from '../opening/compile.js';
import { toldSizes } from './canvases.js';

/** @import { Lab } from '../../core/ravine.js' */

/** What the worker is asked for. @typedef {{ job: string, link: string } & ReturnType<typeof toldSizes>} Job */
/** What it tells: with `job`, what it has found of that, and whether this is all. @typedef {{ job: string, found: Uint8Array, isDone: boolean }} Told */

/**
 * @param {Lab} lab
 * @param {() => void} wake is told when there is something new to be drawn
 */
export function mapsPart(lab, wake) {
  /** The worker; null where there can be none. @type {Worker | null | undefined} */
  let worker;
  let isReady = false;
  /** What was last asked for. */
  let asked = '';

  /** @returns {Worker | null} */
  function begun() {
    try {
      const fresh = new Worker(new URL('mapper.js', import.meta.url), { type: 'module' });
      fresh.addEventListener('message', ({ data }) => hear(data));
      fresh.addEventListener('error', (event) => {
        event.preventDefault();
        end();
      });
      void compiled.then((module) => fresh.postMessage({ module }));
      return fresh;
    } catch {
      return null;
    }
  }

  /** There is a worker no more: the core goes on by itself. */
  function end() {
    worker?.terminate();
    worker = null;
    isReady = false;
    lab.leave_maps(false);
    wake();
  }

  /** @param {Told | 'ready'} told */
  function hear(told) {
    if (told === 'ready') {
      isReady = true;
      ask(lab.job());
      return;
    }
    lab.take_maps(told.found);
    if (told.isDone && told.job === asked && lab.job() === asked) end();
    wake();
  }

  /** @param {string} job */
  function ask(job) {
    asked = job;
    lab.leave_maps(true);
    worker?.postMessage({ job, link: job && lab.job_link(), ...toldSizes() });
  }

  return {
    /** What the core may wait for is known when a frame is drawn. */
    drawn() {
      const job = lab.job();
      if (job && worker === undefined) worker = begun();
      if (isReady && job !== asked) ask(job);
    },
    /** The core was restarted. */
    again() {
      asked = '';
      lab.leave_maps(isReady);
    },
  };
}
