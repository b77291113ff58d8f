// What the parts of the page know of each other.

import type { Lab } from '../core/ravine.js';
import type { Fault, Live, Model } from './model.d.ts';

/** What every part of the page may ask for. */
export type Page = {
  lab: Lab,
  /** Changes one parameter, and says why not. */
  set: (key: string, text: string) => Fault | null,
  /** Does what a button asks for. */
  act: (verb: string, name: string) => void,
  /** The experiment is another now. */
  edited: () => void,
  /** The clock or the pointer is elsewhere: draw soon. */
  moved: () => void,
};

/** A part of the page: it shows the model, and perhaps the clock. */
export type Part = {
  show?: (model: Model) => void,
  advance?: (live: Live) => void,
  /** The canvases are up to date. */
  drawn?: () => void,
};
