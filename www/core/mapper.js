// The worker of maps.js: one job at a time, in slices; a newer one takes the place of the one at hand.

import init, { MapMaker } from '../../core/ravine.js';

/** @import { Job, Told } from './maps.js' */

/** Between two slices it hears of newer jobs. */
const { port1: pause, port2: next } = new MessageChannel();
/** @type {MapMaker | undefined} */
let maker;
let job = '';
let goesOn = false;

/** @param {MessageEvent<Job | { module: WebAssembly.Module }>} event */
onmessage = async ({ data }) => {
  if ('module' in data) {
    await init({ module_or_path: data.module });
    maker = new MapMaker();
    postMessage('ready');
    return;
  }
  job = data.job;
  if (!job) return;
  maker?.begin(data.link, data.names, data.sizes, data.typeSize);
  if (!goesOn) goOn();
};

pause.onmessage = () => {
  goesOn = false;
  if (!job || !maker) return;
  /** @type {Told} */
  const told = { job, found: maker.go_on(), isDone: maker.is_done() };
  postMessage(told, { transfer: [told.found.buffer] });
  if (told.isDone) job = '';
  else goOn();
};

function goOn() {
  goesOn = true;
  next.postMessage(null);
}
