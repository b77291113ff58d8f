// The worker of maps.js.

import { mapping } from './mapping.js';

/** @import { Job } from './maps.js' */

/** Between two slices it hears of newer jobs. */
const { port1: pause, port2: next } = new MessageChannel();
const take = await mapping(
  (told) => postMessage(told, { transfer: [told.found.buffer] }),
  (goOn) => {
    pause.onmessage = goOn;
    next.postMessage(null);
  },
);
/** @param {MessageEvent<Job>} event */
onmessage = ({ data }) => take(data);
postMessage('ready');
