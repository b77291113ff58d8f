// Computes maps, one job at a time, in slices; a newer one takes the place of the one at hand. It is one
// of the tools.

import { toolsOf } from './tools.js';

/** @import { Job, Told } from './maps.js' */

/**
 * @param {(told: Told) => void} tell
 * @param {(goOn: () => void) => void} next calls back when the next slice may be done
 * @returns {Promise<(asked: Job) => void>} takes jobs
 */
export async function mapping(tell, next) {
  const { MapMaker } = await toolsOf();
  const maker = new MapMaker();
  let job = '';
  let goesOn = false;

  function goOn() {
    goesOn = false;
    if (!job) return;
    const told = { job, found: maker.go_on(), isDone: maker.is_done() };
    if (told.isDone) job = '';
    else wait();
    tell(told);
  }
  function wait() {
    if (!goesOn) next(goOn);
    goesOn = true;
  }
  return (asked) => {
    job = asked.job;
    if (!job) return;
    maker.begin(asked.link, asked.names, asked.sizes, asked.typeSize);
    wait();
  };
}
