// How things are shown: light or dark, and the settings without a place of their own.

import { CHART_SETTINGS } from '../runs/chart.js';
import { controlGroups } from '../controls/controls.js';
import { DECK_SETTINGS } from '../deck/deck.js';
import { byId } from '../dom/element.js';
import { PRESENT } from './present.js';
import { sheetOf } from '../dom/sheet.js';
import { TRANSPORT_SETTINGS } from './transport.js';

/** @import { Dial, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

const THEME = 'theme';
const PLACED = new Set([...CHART_SETTINGS, ...TRANSPORT_SETTINGS, ...DECK_SETTINGS, PRESENT]);

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
export const prefersStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What the page opens with, before the core has said a word. */
export const startsDark = () => systemIsDark.matches;

/** @param {Page} page @returns {Part} */
export function viewPart(page) {
  const root = document.documentElement;
  const sheet = byId('view-list', HTMLElement);
  const showSettings = controlGroups(page, byId('view-settings', HTMLElement));

  /** What the sheet has to show when it opens. @type {Dial[]} */
  let dials = [];
  sheetOf(sheet, () => showSettings(dials));
  systemIsDark.addEventListener('change', () => {
    page.lab.scheme(systemIsDark.matches);
    // The runs' lines on the cards have other colours now, too.
    page.edited();
  });
  byId('fit', HTMLButtonElement).addEventListener('click', () => page.act('fit'));

  /** @param {Model} model */
  function show({ settings }) {
    const theme = settings.find(({ key }) => key === THEME)?.text;
    dials = settings.filter(({ key }) => !PLACED.has(key));
    if (sheet.matches(':popover-open')) showSettings(dials);
    const dark = theme === 'dark' || (theme !== 'light' && systemIsDark.matches);
    root.dataset.theme = dark ? 'dark' : 'light';
  }
  return { show };
}
