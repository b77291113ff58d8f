// Own data: a table as text, pasted, dropped, opened or typed. The core reads it as it is written
// and says what it would take; nothing is taken before the button that says so is pressed.

import { byId, el, setText } from './element.js';

/** @import { Page, Table } from './model.js' */

/** So many bad rows are named; the others are counted. */
const MOST_NAMED = 8;
/** The core chooses the column. */
const ANY = -1;

/** @param {Page} page @returns {{open: (text?: string) => void}} */
export function tableDialog(page) {
  const { lab } = page;
  const dialog = byId('table', HTMLDialogElement);
  const box = byId('table-text', HTMLTextAreaElement);
  const columns = byId('table-columns', HTMLElement);
  const axes = [byId('table-x', HTMLSelectElement), byId('table-y', HTMLSelectElement)];
  const summary = byId('table-summary', HTMLElement);
  const bad = byId('table-bad', HTMLElement);
  const take = byId('table-take', HTMLButtonElement);
  const file = byId('table-file', HTMLInputElement);
  /** What the box was filled with: what differs from it is the user's, and is kept. */
  let filled = '';
  /** The columns that the user chose, and those that the core would take. */
  let [x, y] = [ANY, ANY];
  let offered = [ANY, ANY];

  /** @param {string} [text] none: the present data, unless the box holds something of the user's */
  function open(text) {
    if (text !== undefined) put(text);
    else if (box.value === filled) {
      put(lab.data_text());
      filled = box.value;
    }
    if (!dialog.open) dialog.showModal();
    box.focus();
    box.setSelectionRange(0, 0);
    box.scrollTop = 0;
  }
  /** @param {string} text */
  function put(text) {
    box.value = text;
    box.scrollTop = 0;
    [x, y] = [ANY, ANY];
    read();
  }

  function read() {
    /** @type {Table} */
    const table = JSON.parse(lab.read_table(box.value, x, y));
    const skipped = table.bad.length;
    offered = [table.x, table.y];
    columns.hidden = table.columns.length <= 2;
    axes.forEach((select, index) => {
      select.replaceChildren(...table.columns.map((name, column) =>
        el('option', { value: String(column), textContent: name })));
      select.value = String(offered[index]);
    });
    setText(summary, table.fault
      || `${counted(table.rows, 'row')}; ${table.says ?? `columns ${table.columns.join(', ')}`}`);
    summary.classList.toggle('warn', !!table.fault);
    bad.replaceChildren(
      ...table.bad.slice(0, MOST_NAMED).map(({ row, message }) =>
        el('li', { textContent: `Row ${row}: ${message}` })),
      ...(skipped > MOST_NAMED ? [el('li', { textContent: `and ${skipped - MOST_NAMED} more` })] : []),
    );
    take.disabled = !!table.fault || table.good === 0;
    setText(take, skipped > 0 && table.good > 0
      ? `Skip ${counted(skipped, 'row')}, take ${table.good}` : `Take ${counted(table.good, 'row')}`);
  }

  box.addEventListener('input', () => {
    [x, y] = [ANY, ANY];
    read();
  });
  for (const select of axes) {
    select.addEventListener('change', () => {
      [x = ANY, y = ANY] = axes.map(({ value }) => Number(value));
      read();
    });
  }
  take.addEventListener('click', () => {
    const [fromX = ANY, fromY = ANY] = offered;
    const fault = lab.take_table(box.value, fromX, fromY);
    if (fault) {
      setText(summary, fault);
      summary.classList.add('warn');
      return;
    }
    filled = box.value;
    dialog.close();
    page.edited();
  });
  byId('table-cancel', HTMLButtonElement).addEventListener('click', () => dialog.close());

  file.addEventListener('change', async () => {
    const [chosen] = file.files ?? [];
    if (chosen) put(await chosen.text());
    // The same file may be chosen again.
    file.value = '';
  });
  dialog.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  dialog.addEventListener('drop', async (event) => {
    const dropped = event.dataTransfer?.files[0];
    if (!dropped) return;
    event.preventDefault();
    put(await dropped.text());
  });
  return { open };
}

/** @param {number} count @param {string} thing */
const counted = (count, thing) => `${count} ${thing}${count === 1 ? '' : 's'}`;
