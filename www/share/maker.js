// The worker of taking.js: it makes one thing, and is ended then.

import { make } from './making.js';

/** @import { Told, Wanted } from './making.js' */

/** @param {Told} told */
const tell = (told) => postMessage(told);

/** @param {MessageEvent<Wanted>} event */
onmessage = async ({ data }) => {
  try {
    tell({ made: await make(data, (progress) => tell({ progress }), () => undefined) });
  } catch (fault) {
    tell({ fault: String(fault) });
  }
};
postMessage('ready');
