// Computes maps, one job at a time, in slices; a newer one takes the place of the one at hand. It is one
// of the tools.
//
// Two may share a job: one who helps goes on with the end of it and posts what it finds to the other,
// who does all the rest and tells the page.

import { toolsOf } from './tools.js';

/** @import { Job, Told } from './maps.js' */

/** Calls back when the next slice may be done. @typedef {(goOn: () => void) => void} Next */
/** What one who helps has found of a job. @typedef {{ job: string, help: Uint8Array }} Help */

/** A dial that is dragged leads to a job in every frame: nobody helps with one that is younger. */
const HELP_MS = 30;
/** @type {Job} */
const NONE = { job: '', link: '', names: [], sizes: new Float64Array(), typeSize: 0 };

/** Jobs in slices. @param {Next} next @param {(job: string) => boolean} slice does one, and tells whether the job goes on */
async function worker(next, slice) {
  const { MapMaker } = await toolsOf();
  const maker = new MapMaker();
  let job = '';
  let goesOn = false;

  function goOn() {
    goesOn = false;
    if (!job) return;
    if (slice(job)) wait();
    else job = '';
  }
  function wait() {
    if (!goesOn) next(goOn);
    goesOn = true;
  }
  return {
    maker,
    /** The job at hand; empty where there is none. */
    job: () => job,
    /** @param {Job} asked */
    begin(asked) {
      job = asked.job;
      if (!job) return;
      maker.begin(asked.link, asked.names, asked.sizes, asked.typeSize);
      wait();
    },
  };
}

/**
 * @param {(told: Told) => void} tell
 * @param {Next} next
 */
export async function mapping(tell, next) {
  /** Who helps. @type {MessagePort | undefined} */
  let helper;
  let asked = NONE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const { maker, job, begin } = await worker(next, (job) => {
    const told = { job, found: maker.go_on(), isDone: maker.is_done() };
    if (told.isDone) ask(NONE);
    tell(told);
    return !told.isDone;
  });
  /** What is to be helped with is another. @param {Job} newer */
  function ask(newer) {
    if (asked.job) helper?.postMessage(NONE);
    asked = newer;
    clearTimeout(soon);
    if (newer.job) soon = setTimeout(() => helper?.postMessage(newer), HELP_MS);
  }
  return {
    /** Takes a job. @param {Job} newer */
    take(newer) {
      ask(newer);
      begin(newer);
    },
    /** From now on somebody helps. @param {MessagePort} port */
    share(port) {
      helper = port;
      /** @param {MessageEvent<Help>} event */
      port.onmessage = ({ data }) => { if (data.job === job()) maker.take_help(data.help); };
      port.postMessage(asked);
    },
  };
}

/** Helps whoever is at the other end. @param {MessagePort} port @param {Next} next */
export async function helping(port, next) {
  const { maker, begin } = await worker(next, (job) => {
    const help = maker.help();
    if (help.length) port.postMessage({ job, help }, [help.buffer]);
    return !maker.is_done();
  });
  /** @param {MessageEvent<Job>} event */
  port.onmessage = ({ data }) => begin(data);
}
