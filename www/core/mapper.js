// The workers of maps.js: one takes jobs, and another may help it.

import { helping, mapping } from './mapping.js';

/** @import { Job } from './maps.js' */

/** Between two slices it hears of newer jobs. */
const { port1: pause, port2: next } = new MessageChannel();
/** @param {() => void} goOn */
function later(goOn) {
  pause.onmessage = goOn;
  next.postMessage(null);
}

/** @type {ReturnType<typeof mapping> | undefined} */
let begun;
/** The first word is what it is: one who takes jobs, or one who helps the other end of a port. @param {MessageEvent<'take' | { help: MessagePort } | { share: MessagePort } | Job>} event */
onmessage = async ({ data }) => {
  if (data === 'take') {
    begun = mapping((told) => postMessage(told, { transfer: [told.found.buffer] }), later);
    await begun;
    postMessage('ready');
  } else if ('help' in data) {
    await helping(data.help, later);
  } else {
    const maps = await begun;
    if ('share' in data) maps?.share(data.share);
    else maps?.take(data);
  }
};
