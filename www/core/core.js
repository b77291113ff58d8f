// The core: a Lab that outlives its own faults. Beside it: loop.js, the clock, by which all parts are
// told of it; canvases.js, what it draws on; pointer.js, what it answers where the pointer is;
// report.js, its faults for whoever can mend them; json.js, JSON that knows its type.
//
// A panic or an exhausted stack ends a WebAssembly instance for good. The link is all that is
// needed to go on: a fresh instance opens the last link that was drawn without a fault.

import init, { Lab, __wbg_reset_state, on_panic } from '../../core/ravine.js';
import { compiled } from '../opening/compile.js';
import { inShort } from './report.js';

/** @import { Report } from './report.js' */

/** Calls that only read: after a restart they are simply asked again. */
const READS = new Set([
  'catalog', 'model', 'version', 'live', 'link', 'left', 'faults', 'hover', 'pick', 'playing', 'position',
  'data_hit', 'legend', 'data_text', 'net_tiles', 'job', 'job_link', 'lessons', 'lesson_text', 'scene_link',
]);

/** @param {unknown} fault */
const isFatal = (fault) => fault instanceof WebAssembly.RuntimeError || fault instanceof RangeError;

/**
 * @param {{link: () => Promise<string>, left: string, lessons: () => [string[], string[]]}} first what to open,
 *   how the labs that are not open were left, and the reader's lessons: their keys and texts
 * @param {(lab: Lab) => void} equip gives a new instance its canvases and sizes
 * @param {(link: string, report: Report) => void} restored is told after a restart: the link that
 *   was opened, and of the fault
 * @returns {Promise<{lab: Lab, failed: Report | undefined, remember: () => void}>} `failed` tells of a
 *   first link that the core could not open; `remember` marks the present link as sound
 */
export async function startCore(first, equip, restored) {
  await init({ module_or_path: compiled });
  let { left } = first;
  let sound = await first.link();
  /** The last link that was drawn. */
  let drawn = sound;
  let [message, place] = ['', ''];
  /** What the first link did to the core. @type {Report | undefined} */
  let failed;
  let lab = begin();

  function begin() {
    for (const attempt of [sound, '']) {
      try {
        on_panic((...words) => { [message, place] = words; });
        const fresh = new Lab(attempt, ...first.lessons());
        fresh.recall(left);
        equip(fresh);
        return fresh;
      } catch (fault) {
        if (!isFatal(fault) || attempt === '') throw fault;
        sound = '';
        failed = told(fault, 'open');
        __wbg_reset_state();
      }
    }
    throw new Error('unreachable');
  }

  /** A fault goes to the console and into a report. @param {unknown} fault @param {string} call @returns {Report} */
  function told(fault, call) {
    const report = { message: message || String(fault), place, call, link: drawn };
    [message, place] = ['', ''];
    console.warn('The core stopped and is restarted.', inShort(report), fault);
    return report;
  }

  /** @param {unknown} fault @param {string} call what was asked */
  function restart(fault, call) {
    if (!isFatal(fault)) throw fault;
    const report = told(fault, call);
    __wbg_reset_state();
    lab = begin();
    restored(sound, report);
  }

  const guarded = new Proxy(/** @type {Lab} */ ({}), {
    get: (_, name) => (/** @type {unknown[]} */ ...values) => {
      const call = () => /** @type {any} */ (lab)[name](...values);
      try {
        return call();
      } catch (fault) {
        restart(fault, String(name));
        if (!READS.has(String(name))) return '';
        try {
          return call();
        } catch (again) {
          // The link itself is what the core cannot bear.
          sound = '';
          restart(again, String(name));
          return call();
        }
      }
    },
  });

  return {
    lab: guarded,
    failed,
    remember() {
      sound = drawn = guarded.link();
      left = guarded.left();
    },
  };
}
