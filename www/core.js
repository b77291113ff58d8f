// The core: a Lab that outlives its own faults.
//
// A panic or an exhausted stack ends a WebAssembly instance for good. The link is all that is
// needed to go on: a fresh instance opens the last link that was drawn without a fault.

import init, { Lab, __wbg_reset_state, on_panic } from '../core/ravine.js';

/** Calls that only read: after a restart they are simply asked again. */
const READS = new Set([
  'catalog', 'model', 'version', 'live', 'link', 'left', 'faults', 'hover', 'pick', 'playing',
  'data_hit', 'legend', 'data_text', 'read_table', 'net_tiles',
]);

/** @param {unknown} fault */
const isFatal = (fault) => fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError;

/**
 * @param {{link: string, left: string}} first what to open, and how the labs that are not open were left
 * @param {(lab: Lab) => void} equip gives a new instance its canvases and sizes
 * @param {(link: string) => void} restored is told after a restart, with the link that was opened
 * @returns {Promise<{lab: Lab, remember: () => void}>} `remember` marks the present link as sound
 */
export async function startCore(first, equip, restored) {
  await init();
  let { link: sound, left } = first;
  let words = '';
  let lab = begin();

  function begin() {
    for (const attempt of [sound, '']) {
      try {
        on_panic((/** @type {string} */ text) => { words = text; });
        const fresh = new Lab(attempt);
        fresh.recall(left);
        equip(fresh);
        return fresh;
      } catch (fault) {
        if (!isFatal(fault) || attempt === '') throw fault;
        sound = '';
        __wbg_reset_state();
      }
    }
    throw new Error('unreachable');
  }

  /** @param {unknown} fault */
  function restart(fault) {
    if (!isFatal(fault)) throw fault;
    console.warn('The core stopped and is restarted.', words, fault);
    words = '';
    __wbg_reset_state();
    lab = begin();
    restored(sound);
  }

  const guarded = new Proxy(/** @type {Lab} */ ({}), {
    get: (_, name) => (/** @type {unknown[]} */ ...values) => {
      const call = () => /** @type {any} */ (lab)[name](...values);
      try {
        return call();
      } catch (fault) {
        restart(fault);
        if (!READS.has(String(name))) return '';
        try {
          return call();
        } catch (again) {
          // The link itself is what the core cannot bear.
          sound = '';
          restart(again);
          return call();
        }
      }
    },
  });

  return {
    lab: guarded,
    remember() {
      sound = guarded.link();
      left = guarded.left();
    },
  };
}
