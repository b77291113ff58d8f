// Maps, what very many runs lead to, are left to a worker: a core beside the page's thread (mapper.js), and where
// there are processors for it to a second one that helps the first. Where there can be none, that core computes
// them here, a little in every frame.

import { forget, note } from '../dom/notes.js';
import { workerOf } from '../opening/parts.js';
import { toldSizes } from './canvases.js';

/** @import { Lab } from '../../core/ravine.js' */

/** What is asked for. @typedef {{ job: string, link: string } & ReturnType<typeof toldSizes>} Job */
/** What is told: with `job`, what has been found of that, and whether this is all. @typedef {{ job: string, found: Uint8Array, isDone: boolean }} Told */
/** Takes jobs. @typedef {(job: Job) => void} Taker */

/** What a note of a failure is about. */
const ABOUT = 'maps';
/** After a failure it is tried again so much later. */
const AGAIN_MS = 5000;

/**
 * @param {Lab} lab
 * @param {() => void} wake is told when there is something new to be drawn
 */
export function mapsPart(lab, wake) {
  /** Who computes them; null until one is ready. @type {Taker | null} */
  let taker = null;
  /** Whether one was begun. */
  let isBegun = false;
  /** What was last asked for. */
  let asked = '';

  const mapper = () => workerOf('www/core/mapper.js');

  function begin() {
    isBegun = true;
    /** @type {Worker} */
    let worker;
    try {
      worker = mapper();
    } catch {
      void beginHere();
      return;
    }
    /** @type {Worker | undefined} */
    let second;
    /** @param {MessageEvent<Told | 'ready'>} event */
    worker.onmessage = ({ data }) => {
      if (data !== 'ready') return hear(data);
      ready((job) => worker.postMessage(job));
      second = helperOf(worker);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      second?.terminate();
      taker = null;
      void beginHere();
    };
    worker.postMessage('take');
  }

  /** A second worker, that helps the first: nobody minds where it fails. @param {Worker} first */
  function helperOf(first) {
    if (navigator.hardwareConcurrency < 2) return undefined;
    const second = mapper();
    second.onerror = (event) => event.preventDefault();
    const { port1, port2 } = new MessageChannel();
    second.postMessage({ help: port1 }, [port1]);
    first.postMessage({ share: port2 }, [port2]);
    return second;
  }

  /** There is no worker: the page's own thread does it. */
  async function beginHere() {
    try {
      const { mapping } = await import('./mapping.js');
      const { take } = await mapping(hear, (goOn) => requestAnimationFrame(() => {
        try {
          goOn();
        } catch (fault) {
          fail(fault);
        }
      }));
      ready(take);
    } catch (fault) {
      fail(fault);
    }
  }

  /** @param {unknown} fault */
  function fail(fault) {
    taker = null;
    asked = '';
    note(`What computes maps has failed: ${fault}. It is tried again every few seconds.`, { about: ABOUT, stays: true });
    setTimeout(() => {
      isBegun = false;
      wake();
    }, AGAIN_MS);
  }

  /** @param {Taker} found */
  function ready(found) {
    taker = found;
    forget(ABOUT);
    ask(lab.job());
  }

  /** @param {Told} told */
  function hear(told) {
    lab.take_maps(told.found);
    wake();
  }

  /** @param {string} job */
  function ask(job) {
    asked = job;
    taker?.({ job, link: job && lab.job_link(), ...toldSizes() });
  }

  return {
    /** What the core may wait for is known when a frame is drawn. */
    drawn() {
      const job = lab.job();
      if (job && !isBegun) begin();
      if (taker && job !== asked) ask(job);
    },
    /** The core was restarted. */
    again() {
      asked = '';
    },
  };
}
