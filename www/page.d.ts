// What the parts of the page know of each other.

import type { Lab } from '../core/ravine.js';
import type { Action, Catalog, Fault, LabEntry, Live, Model } from './model.d.ts';

/** What every part of the page may ask for. */
export type Page = {
  lab: Lab,
  /** What never changes. */
  catalog: Catalog,
  /** Changes one parameter, and says why not. */
  set: (key: string, text: string) => Fault | null,
  /** Does what a button asks for. */
  act: (action: Action) => void,
  /** The experiment is another now. */
  edited: () => void,
  /** A hill is being turned: as `edited`, but nothing else that is told of the experiment is another. */
  turned: () => void,
  /** The clock or the pointer is elsewhere: draw soon. */
  moved: () => void,
};

/** A part of the page: it shows the model, beside what never changes in its lab, and the clock. */
export type Part = {
  show?: (model: Model, entry: LabEntry) => void,
  /** All parts have shown: what depends on how much room there is. */
  fit?: () => void,
  advance?: (live: Live) => void,
  /** The canvases are up to date. */
  drawn?: () => void,
};
