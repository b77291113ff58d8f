// Own data: a table as text, pasted, dropped, opened or typed. The tools read it as it is written
// and say what they decided and what they would take; each decision can be changed, and nothing is
// taken before the button that says so is pressed.

import { fromJson } from '../core/json.js';
import { toolsOf } from '../core/tools.js';
import { byId, el, setText } from '../dom/element.js';
import { copyOf } from '../dom/template.js';

/** @import { Decision, Table } from '../model.d.ts' */
/** @import { Page } from '../page.d.ts' */
/** @import { Tools } from '../core/tools.js' */

/** A longer text, or one of more lines, is read in slices, and a sample of its rows is taken: laid out in
 * the box, 20,000 lines hold up the page for half a second. */
const LONG = 300_000;
const LINES = 3_000;
const SLICE = 1 << 18;

/** @param {Page} page @returns {{open: (given?: string | Blob) => void}} */
export function tableDialog(page) {
  const { lab } = page;
  const dialog = byId('table', HTMLDialogElement);
  const box = byId('table-text', HTMLTextAreaElement);
  const decisions = byId('table-decisions', HTMLElement);
  const columns = byId('table-columns', HTMLElement);
  const inputs = byId('table-inputs', HTMLElement);
  const selects = { x: byId('table-x', HTMLSelectElement), y: byId('table-y', HTMLSelectElement) };
  const preview = byId('table-preview', HTMLTableElement);
  const summary = byId('table-summary', HTMLElement);
  const offers = byId('table-offers', HTMLElement);
  const notes = byId('table-notes', HTMLElement);
  const bad = byId('table-bad', HTMLElement);
  const take = byId('table-take', HTMLButtonElement);
  const file = byId('table-file', HTMLInputElement);
  const progress = byId('table-progress', HTMLProgressElement);
  /** What the box was filled with: what differs from it is the user's, and is kept. */
  let filled = '';
  /** What is read: what the box holds, or a sample of it. */
  let text = '';
  /** What the user decided, by key. @type {Map<string, string>} */
  const choices = new Map();
  /** The newest text that is being read in slices replaces those before. */
  let newest = 0;
  /** Once they are there. @type {Tools | undefined} */
  let tools;
  /** The newest reading likewise. */
  let reading = 0;

  /** @param {string | Blob} [given] none: the present data, unless the box holds something of the user's */
  function open(given) {
    if (!dialog.open) dialog.showModal();
    if (given !== undefined) offer(given);
    else if (box.value === filled) {
      put(lab.data_text());
      filled = box.value;
    } else if (newest === 0 || progress.hidden) void read();
    box.focus();
    box.setSelectionRange(0, 0);
    box.scrollTop = 0;
  }

  /** @param {string | Blob} given */
  function offer(given) {
    if (typeof given === 'string' && !isLong(given)) put(given);
    else void load(typeof given === 'string' ? new Blob([given]) : given, put);
  }

  /** @param {string} whole @param {number} [of] how many rows it is a sample of */
  function put(whole, of) {
    newest += 1;
    progress.hidden = true;
    box.value = whole;
    box.scrollTop = 0;
    begin(whole, of);
  }
  /** Reads a text as its own evidence says. @param {string} whole @param {number} [of] */
  function begin(whole, of) {
    text = whole;
    choices.clear();
    if (of) choices.set('of', String(of));
    void read();
  }

  /**
   * Reads what is large in slices, between which the page answers, and hands on what is left.
   * @param {Blob} blob @param {(text: string, of?: number) => void} use
   */
  async function load(blob, use) {
    newest += 1;
    const turn = newest;
    const there = await loaded();
    if (!there || turn !== newest) return;
    const { TableSampler } = there;
    if (blob.size > TableSampler.most_bytes()) {
      refuse(`This is ${Math.round(blob.size / 1e6)} MB, and ${TableSampler.most_bytes() / 1e6} MB is the most that is read.`);
      return;
    }
    for (const encoding of await encodings(blob)) {
      try {
        const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
        const sampler = new TableSampler();
        progress.value = 0;
        progress.hidden = blob.size <= LONG;
        take.disabled = true;
        let whole = '';
        for (let at = 0; at < blob.size; at += SLICE) {
          const bytes = await blob.slice(at, at + SLICE).arrayBuffer();
          if (turn !== newest) return;
          const piece = decoder.decode(bytes, { stream: at + SLICE < blob.size });
          if (blob.size <= LONG) whole += piece;
          else sampler.push(piece);
          progress.value = at / blob.size;
        }
        progress.hidden = true;
        if (blob.size <= LONG && !isLong(whole)) {
          use(whole);
          return;
        }
        if (blob.size <= LONG) sampler.push(whole);
        const sample = fromJson(sampler.finish());
        if (sample.fault) refuse(sample.fault);
        else use(sample.text, sample.rows);
        return;
      } catch (fault) {
        if (!(fault instanceof TypeError)) throw fault;
        // Not UTF-8: then as spreadsheets of Western Europe write it.
      }
    }
  }

  /** The box stays as it is. @param {string} why */
  function refuse(why) {
    progress.hidden = true;
    setText(summary, why);
    summary.classList.add('warn');
    take.disabled = true;
  }

  function chosen() {
    return [...choices].map(([key, value]) => `${key}=${value}`).join('&');
  }

  /** The tools; nothing where they cannot be loaded, which is said. */
  async function loaded() {
    try {
      tools = await toolsOf();
      return tools;
    } catch (fault) {
      refuse(`What reads tables could not be loaded: ${fault}. Your text stays as it is; type or choose anything to try again.`);
      return undefined;
    }
  }

  async function read() {
    reading += 1;
    const turn = reading;
    // What was read before is another text.
    take.disabled = true;
    dialog.ariaBusy = 'true';
    if (!tools) setText(summary, 'Loading what reads tables …');
    const there = tools ?? await loaded();
    if (turn !== reading) return;
    if (there) tell(fromJson(there.read_table(text, chosen(), lab.table_purpose())));
    dialog.ariaBusy = 'false';
  }

  /** @param {Table} table */
  function tell(table) {
    for (const decision of table.decisions) showDecision(decision);
    for (const label of decisions.children) {
      if (label instanceof HTMLElement) label.hidden = !table.decisions.some(({ key }) => key === label.dataset.key);
    }
    showColumns(table);
    setText(summary, table.fault || table.says);
    summary.classList.toggle('warn', !!table.fault);
    offers.replaceChildren(...table.offers.flatMap(({ sentence, key, value, label }) => {
      const button = el('button', { type: 'button', className: 'chip', textContent: label });
      button.addEventListener('click', () => decide(key, value));
      return [...(sentence ? [el('span', { textContent: sentence })] : []), button];
    }));
    notes.replaceChildren(...table.notes.map((note) => el('li', { textContent: note })));
    const more = table.skipped - table.bad.length;
    bad.replaceChildren(
      ...table.bad.map((told) => el('li', { textContent: told })),
      ...(more > 0 ? [el('li', { textContent: `and ${more.toLocaleString('en')} more` })] : []),
    );
    take.disabled = !!table.fault || table.good === 0;
    setText(take, table.skipped > 0 && table.good > 0
      ? `Skip ${counted(table.skipped, 'row')}, use ${table.good.toLocaleString('en')}`
      : `Use ${counted(table.good, 'row')}`);
  }

  /** @param {string} key @param {string} value */
  function decide(key, value) {
    if (value) choices.set(key, value);
    else choices.delete(key);
    // Cut otherwise, the columns are others.
    if (key === 'delimiter') for (const other of ['x', 'y', 'as']) choices.delete(other);
    if (key === 'y') choices.delete('as');
    void read();
  }

  /** @param {Decision} decision */
  function showDecision({ key, label, value, options }) {
    const known = [...decisions.children].find((one) => one instanceof HTMLElement && one.dataset.key === key);
    let select = known?.querySelector('select');
    if (!select) {
      const { element: line, part } = copyOf('decision-template');
      const fresh = part('select', HTMLSelectElement);
      select = fresh;
      fresh.addEventListener('change', () => decide(key, fresh.value));
      line.dataset.key = key;
      setText(part('label', HTMLElement), label);
      decisions.append(line);
    }
    select.replaceChildren(...options.map((one) => el('option', { value: one.value, textContent: one.label })));
    select.value = value;
  }

  /** @param {Table} table */
  function showColumns({ columns: all, mostInputs, preview: rows }) {
    const one = mostInputs === 1;
    columns.hidden = all.length <= 2 && one;
    for (const select of Object.values(selects)) {
      select.replaceChildren(...all.map(({ name }, at) => el('option', { value: String(at), textContent: name })));
    }
    selects.x.value = String(all.findIndex(({ input }) => input));
    selects.y.value = String(all.findIndex(({ target }) => target));
    const ofX = selects.x.closest('label');
    if (ofX) ofX.hidden = !one;
    inputs.hidden = one;
    const count = all.filter(({ input }) => input).length;
    const focused = [...inputs.querySelectorAll('input')].findIndex((box) => box === document.activeElement);
    const boxes = one ? [] : all.map(({ name, input, target, words }, at) => {
      const tick = el('input', { type: 'checkbox', value: String(at), checked: input });
      tick.disabled = target || words || (!input && count >= mostInputs) || (input && count === 1);
      const line = el('label', {});
      line.append(tick, name);
      return line;
    });
    inputs.replaceChildren(...boxes);
    if (focused >= 0) boxes[focused]?.querySelector('input')?.focus();
    preview.hidden = !rows || rows.rows.length === 0;
    if (!rows) return;
    const line = (/** @type {string[]} */ cells, /** @type {'th' | 'td'} */ kind) => {
      const row = el('tr', {});
      row.append(...cells.map((cell) => el(kind, { textContent: cell })));
      return row;
    };
    preview.replaceChildren(line(rows.names, 'th'), ...rows.rows.map((cells) => line(cells, 'td')));
  }

  box.addEventListener('input', () => {
    newest += 1;
    progress.hidden = true;
    if (isLong(box.value)) void load(new Blob([box.value]), begin);
    else begin(box.value);
  });
  // Pasted, or dropped into the box.
  box.addEventListener('beforeinput', (event) => {
    if (!event.data || !isLong(event.data)) return;
    event.preventDefault();
    offer(event.data);
  });
  for (const [key, select] of Object.entries(selects)) {
    select.addEventListener('change', () => {
      // The other axis stays as it is.
      choices.set('x', one() ? selects.x.value : ticked());
      decide(key === 'x' ? 'x' : 'y', select.value);
      if (!one() && key === 'y') decide('x', '');
    });
  }
  const one = () => inputs.hidden;
  const ticked = () => [...inputs.querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value).join(',');
  inputs.addEventListener('change', () => {
    choices.set('y', selects.y.value);
    decide('x', ticked());
  });
  take.addEventListener('click', () => {
    if (!tools) return;
    try {
      lab.take_rows(tools.rows_of_table(text, chosen(), lab.table_purpose()));
    } catch (fault) {
      refuse(String(fault));
      return;
    }
    filled = box.value;
    dialog.close();
    page.edited();
  });
  byId('table-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());

  file.addEventListener('change', () => {
    const [chosen] = file.files ?? [];
    if (chosen) offer(chosen);
    // The same file may be chosen again.
    file.value = '';
  });
  dialog.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  dialog.addEventListener('drop', (event) => {
    const dropped = event.dataTransfer?.files[0];
    if (!dropped) return;
    event.preventDefault();
    offer(dropped);
  });
  return { open };
}

/** @param {string} text */
const isLong = (text) => text.length > LONG || (text.match(/\r\n?|\n/g)?.length ?? 0) > LINES;

/** The encodings that a text may have, the likeliest first. @param {Blob} blob */
async function encodings(blob) {
  const [a, b] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (a === 0xff && b === 0xfe) return ['utf-16le'];
  if (a === 0xfe && b === 0xff) return ['utf-16be'];
  return ['utf-8', 'windows-1252'];
}

/** @param {number} count @param {string} thing */
const counted = (count, thing) => `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
