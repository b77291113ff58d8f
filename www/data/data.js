// The data beside their plot: what they are, their dials, what they do to the risk. Beside it:
// plot.js, the hand on them; table.js, one's own as a table.

import { NETS } from '../core/canvases.js';
import { controlList } from '../controls/controls.js';
import { dataPlot } from './plot.js';
import { byId, el, setSentence, setText, typeset } from '../dom/element.js';
import { note } from '../dom/notes.js';
import { sheetOf } from '../dom/sheet.js';

/** @import { Data, Live, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** @param {Page} page @returns {Part} */
export function dataPart(page) {
  const title = byId('data-title', HTMLElement);
  const count = byId('data-count', HTMLElement);
  const generate = byId('data-generate', HTMLButtonElement);
  const sheet = byId('data-list', HTMLElement);
  const sentence = byId('data-sentence', HTMLElement);
  const unstable = byId('data-unstable', HTMLElement);
  const long = byId('data-long', HTMLElement);
  const showDials = controlList(page, byId('data-dials', HTMLElement));
  const first = byId('data-first', HTMLElement);
  const showFirst = controlList(page, first);
  const edit = byId('data-edit', HTMLButtonElement);
  // Never in secret: where the button cannot be seen, nothing is changed either.
  const edits = () => edit.ariaPressed === 'true' && edit.checkVisibility();
  const plots = ['data', ...NETS].map((name) => dataPlot(page, openTable, name, edits));
  const buttons = [edit, byId('data-own', HTMLButtonElement), byId('data-open', HTMLButtonElement)];
  const batches = [...document.querySelectorAll('.batch')].filter((line) => line instanceof HTMLElement);
  let opened = '';
  let said = '';
  let unstableSaid = '';
  let batchSaid = '';
  /** @type {Promise<{ open: (given?: string | Blob) => void }> | undefined} */
  let table;

  sheetOf(sheet);
  edit.addEventListener('click', () => setEdits(edit.ariaPressed !== 'true'));
  /** @param {boolean} on */
  function setEdits(on) {
    edit.ariaPressed = String(on);
    document.documentElement.dataset.edits = on ? 'yes' : '';
  }
  byId('data-own', HTMLButtonElement).addEventListener('click', () => openTable());
  generate.addEventListener('click', () => page.act('generate-data'));

  /** The dialog comes after the first picture, and is made when it is first opened. @param {string | Blob} [given] */
  function openTable(given) {
    table ??= import('./table.js').then(({ tableDialog }) => tableDialog(page));
    table.then(({ open }) => open(given)).catch((fault) => {
      table = undefined;
      note(`The dialog for tables could not be loaded: ${fault}. Try again.`);
    });
  }

  /** @param {Model} model */
  function show({ data, net, lab }) {
    if (lab !== opened) setEdits(false);
    opened = lab;
    for (const plot of plots) plot.show(data);
    if (!data) return;
    // Each lab with data has the buttons beside what it tells of them.
    const head = byId(net ? 'net-head' : 'data-head', HTMLElement);
    if (edit.parentElement !== head) head.append(...buttons);
    setText(title, data.title);
    setText(count, data.first ? `the first ${data.count} of ${data.first.max}` : `n\u202f=\u202f${data.count}`);
    generate.hidden = !data.own;
    showDials(data.dials);
    showFirst(data.first ? [data.first] : []);
    if (data.sentence !== said) sentence.replaceChildren(...typeset(data.sentence));
    said = data.sentence;
    showUnstable(data);
    setText(long, data.tooLong);
    long.hidden = !data.tooLong;
  }

  /** @param {Data} data */
  function showUnstable({ unstable: told }) {
    const now = JSON.stringify(told);
    if (now === unstableSaid) return;
    unstableSaid = now;
    // Where a button has done its work, the keyboard goes on from the data.
    if (unstable.contains(document.activeElement)) byId('data-plot', HTMLElement).focus({ preventScroll: true });
    unstable.hidden = !told;
    if (!told) return;
    unstable.replaceChildren(...typeset(told.sentence), ...told.offers.flatMap(({ offer, label }) => {
      const button = el('button', { type: 'button', className: 'chip', textContent: label });
      button.dataset.offer = offer;
      button.addEventListener('click', () => page.act({ offer: { offer } }));
      return [' ', button];
    }));
  }

  /** @param {Live} live */
  function advance({ batch }) {
    if (batch === batchSaid) return;
    batchSaid = batch;
    for (const line of batches) setSentence(line, batch);
    for (const line of batches) line.title = batch;
  }
  return { show, advance };
}
