// The pseudo code: its lines, the one that runs, and what its variables are now.

import { byId, mathOf, setText } from '../dom/element.js';
import { speak } from '../dom/notes.js';
import { copyOf } from '../dom/template.js';

/** @import { CodeLine, Live, LiveCode, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** The body of the inner loop, lit as a block when single lines pass too fast to be read. */
const [BODY_FIRST, BODY_LAST] = [5, 8];

/** @param {Page} page @returns {Part & {turn: (by: 1 | -1) => void}} */
export function codePart(page) {
  const { lab } = page;
  const list = byId('code-lines', HTMLElement);
  const note = byId('code-note', HTMLElement);
  /** @type {Row[]} */
  let rows = [];
  let written = '';
  let lit = '';
  /** The line was turned by hand: it is said aloud once it is known. */
  let turned = false;

  byId('line-back', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('line-step', HTMLButtonElement).addEventListener('click', () => turn(1));

  /** One line on (1) or back (−1). @param {1 | -1} by */
  function turn(by) {
    if (rows.length === 0) return;
    if (by > 0) lab.line_step();
    else lab.line_back();
    turned = true;
    page.moved();
  }

  /** @param {Model} model */
  function show({ code }) {
    const now = JSON.stringify(code);
    if (now === written) return;
    written = now;
    lit = '';
    rows = (code ?? []).map(codeRow);
    values.disconnect();
    for (const { value } of rows) values.observe(value);
    list.replaceChildren(...rows.map(({ element }) => element));
  }

  /** @param {Live} live */
  function advance({ code }) {
    if (!code) return;
    rows.forEach(({ value }, index) => setText(value, code.values[index] ?? ''));
    setText(note, code.note);
    const now = `${code.line} ${code.flow}`;
    if (now !== lit) light(code);
    lit = now;
    if (turned) speak([`Line ${code.line}.`, code.values[code.line - 1], code.note].filter(Boolean).join(' '));
    turned = false;
  }

  /** @param {LiveCode} code */
  function light({ line, flow }) {
    list.dataset.flow = flow ? 'yes' : 'no';
    rows.forEach(({ element }, index) => {
      const number = index + 1;
      const runs = flow ? number >= BODY_FIRST && number <= BODY_LAST : number === line;
      element.classList.toggle('lit', runs);
      if (runs && !flow) element.setAttribute('aria-current', 'step');
      else element.removeAttribute('aria-current');
    });
    reveal();
  }
  /** Only within the list: the page itself stays where it is. Where not all find room, the first does. */
  function reveal() {
    const lines = rows.filter(({ element }) => element.classList.contains('lit'));
    const [first, last] = [lines[0]?.element, lines.at(-1)?.element];
    if (!first || !last) return;
    const most = first.offsetTop - list.offsetTop;
    const least = last.offsetTop + last.offsetHeight - list.offsetTop - list.clientHeight;
    list.scrollTop = Math.min(most, Math.max(least, list.scrollTop));
  }
  /** A value that went below its line once stays there: lines do not move while numbers change. */
  const values = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const words = target.previousElementSibling;
      if (words && target.getBoundingClientRect().top >= words.getBoundingClientRect().bottom) {
        target.parentElement?.classList.add('below');
      }
    }
  });
  let width = 0;
  // In Present, say, it has another height, and lines may have room for their values again.
  new ResizeObserver(() => {
    if (list.clientWidth !== width) for (const { value } of rows) value.parentElement?.classList.remove('below');
    width = list.clientWidth;
    reveal();
  }).observe(list);
  return { show, advance, turn };
}

/** @typedef {{element: HTMLElement, value: HTMLElement}} Row */

/** @param {CodeLine} line @returns {Row} */
function codeRow({ indent, pieces }) {
  const { element, part } = copyOf('line-template');
  const words = part('words', HTMLElement);
  words.append(...pieces.flatMap((piece) =>
    /** @type {(Node | string)[]} */ ('math' in piece ? mathOf(piece.math) : [piece.text])));
  words.style.setProperty('--indent', String(indent));
  return { element, value: part('value', HTMLElement) };
}
