// What goes through the door of the core, as JavaScript.

/** @import { Json } from '../model.d.ts' */

/** @template T @param {Json<T>} json @returns {T} */
export const fromJson = (json) => JSON.parse(json);

/** @template T @param {T} value */
export const toJson = (value) => /** @type {Json<T>} */ (JSON.stringify(value));
