// What the core hands over, as JavaScript.

/** @import { Json } from './model.d.ts' */

/** @template T @param {Json<T>} json @returns {T} */
export const fromJson = (json) => JSON.parse(json);
