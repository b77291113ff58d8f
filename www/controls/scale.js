// Where a value lies on its slider, and where the next one is.

/** @import { Dial } from '../model.d.ts' */

/** A logarithmic range that starts at 0 shows this many decades above its left end. */
const DECADES_ABOVE_ZERO = 6;

/** @param {number} value */
const round3 = (value) => Number(value.toPrecision(3));

/** @param {Dial} dial */
const isWhole = ({ scale }) => scale === 'integer' || scale === 'log-integer';

/** @param {Dial} dial */
const isLog = ({ scale }) => scale === 'log' || scale === 'log-integer';

/** @param {Dial} dial the smallest value that has a logarithm @returns {number} */
const least = ({ min, max }) => (min > 0 ? min : max / 10 ** DECADES_ABOVE_ZERO);

/**
 * The place of a value on the slider, 0 … 1.
 * @param {Dial} dial
 * @param {number} value
 */
export function place(dial, value) {
  const { min, max } = dial;
  if (max <= min) return 0;
  if (dial.scale === 'cubic') return (1 + Math.cbrt((2 * value - min - max) / (max - min))) / 2;
  if (!isLog(dial)) return (value - min) / (max - min);
  if (value <= 0) return 0;
  const from = least(dial);
  return Math.min(1, Math.max(0, Math.log(value / from) / Math.log(max / from)));
}

/**
 * The value at a place, rounded to three digits so that links stay short.
 * @param {Dial} dial
 * @param {number} at 0 … 1
 */
export function valueAt(dial, at) {
  const { min, max } = dial;
  if (at <= 0) return min;
  if (at >= 1) return max;
  const value = exactAt(dial, at);
  const rounded = isWhole(dial) ? Math.round(value) : round3(value);
  return Math.min(max, Math.max(min, rounded));
}

/** @param {Dial} dial @param {number} at */
function exactAt(dial, at) {
  const { min, max } = dial;
  if (dial.scale === 'cubic') return (min + max + (max - min) * (2 * at - 1) ** 3) / 2;
  if (!isLog(dial)) return min + (max - min) * at;
  const from = least(dial);
  return from * (max / from) ** at;
}

/**
 * The value `count` key presses away: the second digit of a logarithmic dial, about a hundredth
 * of the range of a linear one, a tenth of a cubic one, 1 of a whole one.
 * @param {Dial} dial
 * @param {number} count negative for downwards
 */
export function stepped(dial, count) {
  const { min, max } = dial;
  let { value } = dial;
  for (let left = Math.abs(count); left > 0; left -= 1) {
    const step = stepAt(dial, value, count > 0);
    value = (Math.round(value / step) + Math.sign(count)) * step;
    value = isWhole(dial) ? Math.round(value) : round3(value);
    if (isLog(dial) && value < least(dial)) value = count > 0 ? round3(least(dial)) : min;
  }
  return Math.min(max, Math.max(min, value));
}

/**
 * @param {Dial} dial
 * @param {number} value
 * @param {boolean} up
 */
function stepAt(dial, value, up) {
  if (dial.scale === 'integer') return 1;
  if (dial.scale === 'cubic') return 0.1;
  if (dial.scale === 'linear') return 10 ** Math.round(Math.log10((dial.max - dial.min) / 100));
  // 0.1 goes up to 0.11 and down to 0.099.
  const size = Math.max(value, least(dial)) * (up ? 1.000001 : 0.999999);
  const step = 10 ** (Math.floor(Math.log10(size)) - 1);
  return dial.scale === 'log-integer' ? Math.max(1, step) : step;
}
