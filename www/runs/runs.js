// The runs: a card for each, with its line, its equation, its dials and what is going on. Beside it:
// chart.js, the loss chart.

import { control } from '../controls/controls.js';
import { byId, el, setSentence, setText, showMath, svg } from '../dom/element.js';
import { sheetOf } from '../dom/sheet.js';
import { copyOf } from '../dom/template.js';

/** @import { Dial, LabEntry, Limit, Live, Marker, Model, Run, RunChange } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */
/** @import { Control } from '../controls/controls.js' */

/** What the menu of a run offers. @type {[change: RunChange, label: string][]} */
const CHANGES = [
  ['duplicate', 'Duplicate'],
  ['up', 'Move up'],
  ['down', 'Move down'],
  ['remove', 'Remove'],
];

/** @param {Page} page @returns {Part} */
export function runsPart(page) {
  const list = byId('cards', HTMLElement);
  const add = byId('run-add', HTMLButtonElement);
  const rules = byId('rule-list', HTMLElement);
  const menu = byId('run-menu', HTMLElement);
  /** @type {Map<string, Card>} */
  const cards = new Map();
  /** Runs whose further dials are unfolded. @type {Set<string>} */
  const unfolded = new Set();
  let chosen = '';

  sheetOf(rules);
  sheetOf(menu, (button) => { chosen = button.dataset.run ?? ''; });
  menu.append(...CHANGES.map(([change, label]) => {
    const button = el('button', { type: 'button', textContent: label });
    button.dataset.change = change;
    button.addEventListener('click', () => {
      menu.hidePopover();
      page.act({ run: { name: chosen, change } });
    });
    return button;
  }));

  rules.append(...page.catalog.rules.map(({ key, name }) => {
    const button = el('button', { type: 'button', textContent: name });
    button.dataset.rule = key;
    button.addEventListener('click', () => {
      rules.hidePopover();
      page.act({ add: { rule: key } });
    });
    return button;
  }));

  /** @param {Model} model @param {LabEntry} entry */
  function show(model, { mostRuns, rules: offered }) {
    add.disabled = model.runs.length >= mostRuns;
    for (const button of rules.querySelectorAll('button')) {
      button.hidden = !offered.includes(button.dataset.rule ?? '');
    }

    for (const [name, card] of cards) {
      if (!model.runs.some((run) => run.name === name && run.rule === card.rule)) cards.delete(name);
    }
    const differing = keysThatDiffer(model.runs);
    const elements = model.runs.map((run) => {
      let card = cards.get(run.name);
      if (!card) cards.set(run.name, (card = makeCard(page, run, unfolded)));
      card.show(run, model.data !== null, differing);
      return card.element;
    });
    const inOrder = elements.length === list.children.length
      && elements.every((element, index) => list.children[index] === element);
    if (inOrder) return;
    // Moving an element takes its focus away.
    const { activeElement } = document;
    const inside = list.contains(activeElement);
    list.replaceChildren(...elements);
    if (!inside || !(activeElement instanceof HTMLElement)) return;
    (list.contains(activeElement) ? activeElement : add).focus();
  }

  /** @param {Live} live */
  function advance(live) {
    for (const [name, card] of cards) {
      card.advance(live.sentences[name] ?? '', live.readouts[name] ?? '', live.limits);
    }
  }
  return { show, advance };
}

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {string} rule
 * @property {(run: Run, follows: boolean, differing: Set<string>) => void} show follows: whether
 *   there is anything that follows a run; differing: the dials in which runs differ
 * @property {(sentence: string, readout: string, limits: Limit[]) => void} advance
 */

/**
 * @param {Page} page
 * @param {Run} first
 * @param {Set<string>} unfolded
 * @returns {Card}
 */
function makeCard(page, first, unfolded) {
  const { name } = first;
  let run = first;
  const { element, part } = copyOf('card-template', `run-${name}`);
  const sample = part('sample', HTMLButtonElement);
  const title = part('title', HTMLElement);
  const equation = part('equation', HTMLElement);
  const follow = part('follow', HTMLInputElement);
  const more = part('menu', HTMLButtonElement);
  const dials = part('dials', HTMLElement);
  const folded = part('more', HTMLElement);
  const differs = part('differs', HTMLElement);
  const sentence = part('sentence', HTMLElement);
  const readout = part('readout', HTMLElement);
  const fold = part('fold', HTMLButtonElement);
  more.dataset.run = element.dataset.run = name;
  fold.setAttribute('aria-controls', folded.id);
  element.setAttribute('aria-labelledby', title.id);

  /** @type {Control[]} */
  let controls = [];
  /** @type {string[]} */
  let keys = [];
  let shape = '';
  let sentenceShown = '';

  sample.addEventListener('click', () => page.set(run.hiddenKey, run.hidden ? 'no' : 'yes'));
  follow.addEventListener('change', () => page.set(run.followKey, name));
  fold.addEventListener('click', () => {
    if (!unfolded.delete(name)) unfolded.add(name);
    unfold();
  });
  function unfold() {
    const open = unfolded.has(name);
    folded.hidden = !open;
    fold.setAttribute('aria-expanded', String(open));
    fold.textContent = open ? 'less' : 'more';
    fold.setAttribute('aria-label', `${fold.textContent} of ${run.title}`);
  }

  /** @param {Dial[]} all @param {number} open */
  function showDials(all, open) {
    const now = `${open} ${all.map(({ key, scale }) => `${key} ${scale}`).join()}`;
    if (now === shape) {
      all.forEach((dial, index) => controls[index]?.show(dial));
      return;
    }
    shape = now;
    controls = all.map((dial) => control(page, dial));
    keys = all.map(({ key }) => key);
    const numbers = all.filter(({ scale }) => scale !== 'choice').slice(0, open);
    // One that is off, as it comes, takes no room.
    const plain = all.map((dial, index) => numbers.includes(dial)
      && (index === 0 || dial.value !== 0 || dial.default !== 0));
    dials.replaceChildren(...controls.filter((_, i) => plain[i]).map((c) => c.element));
    folded.replaceChildren(...controls.filter((_, i) => !plain[i]).map((c) => c.element));
    if (all.some((dial, i) => !plain[i] && dial.value !== dial.default)) unfolded.add(name);
    fold.hidden = plain.every(Boolean);
    unfold();
  }

  /** @param {Set<string>} differing */
  function showDifferences(differing) {
    const told = run.dials.filter(({ key }) => differing.has(ending(key))).map((dial) => {
      const { symbol, label, value, text, choices } = dial;
      const says = choices[value]?.label ?? text;
      const words = symbol ? `${symbol} = ${says}` : `${label}: ${says}`;
      const span = el('span', { textContent: words });
      span.dataset.of = ending(dial.key);
      span.dataset.open = controls[run.dials.indexOf(dial)]?.element.parentElement === dials ? 'yes' : 'no';
      return span;
    });
    if (differs.textContent === told.map(({ textContent }) => textContent).join('')) return;
    differs.replaceChildren(...told);
  }

  return {
    element,
    rule: first.rule,
    show(next, follows, differing) {
      run = next;
      follow.hidden = !follows;
      follow.checked = run.follow;
      follow.setAttribute('aria-label', `Follow ${run.title}`);
      follow.title = `The data and the pseudo code follow ${run.title}`;
      setText(title, run.title);
      showMath(equation, run.equation);
      showSample(sample, run);
      more.setAttribute('aria-label', `Menu of ${run.title}`);
      element.classList.toggle('hidden-run', run.hidden);
      showDials(run.dials, run.openDials);
      showDifferences(differing);
    },
    advance(text, numbers, limits) {
      setText(readout, numbers);
      controls.forEach((dial, index) => dial.mark?.(limits.find(({ key }) => key === keys[index])));
      if (text === sentenceShown) return;
      sentenceShown = text;
      sentence.hidden = !text;
      setSentence(sentence, text);
    },
  };
}

/** What a key says of any run: "gd2.alpha" is "alpha". @param {string} key */
const ending = (key) => key.slice(key.indexOf('.') + 1);

/**
 * The dials that shown runs have in common but for their values. @param {Run[]} runs
 */
function keysThatDiffer(runs) {
  /** @type {Map<string, Set<string>>} */
  const values = new Map();
  for (const { dials, hidden } of runs) {
    if (hidden) continue;
    for (const { key, text } of dials) {
      const name = ending(key);
      values.set(name, (values.get(name) ?? new Set()).add(text));
    }
  }
  return new Set([...values].filter(([, texts]) => texts.size > 1).map(([name]) => name));
}

/**
 * The line as the plot draws it: colour, dash and marker. It is also the run's switch.
 * @param {HTMLButtonElement} button
 * @param {Run} run
 */
function showSample(button, { look: { color, dash, marker }, hidden, title }) {
  button.setAttribute('aria-pressed', String(!hidden));
  button.setAttribute('aria-label', `Show ${title}`);
  button.title = hidden ? `Show ${title}` : `Hide ${title}`;
  const drawn = `${color} ${dash} ${marker}`;
  if (button.dataset.drawn === drawn) return;
  button.dataset.drawn = drawn;
  const line = svg('line', {
    x1: 1, y1: 7, x2: 33, y2: 7, stroke: color, 'stroke-width': 2.4, 'stroke-dasharray': dash.join(' '),
  });
  const mark = svg('path', { d: MARKERS[marker], fill: color });
  button.replaceChildren(svg('svg', { viewBox: '0 0 34 14', 'aria-hidden': 'true' }, [line, mark]));
}

/** Outlines around (17, 7). @type {Record<Marker, string>} */
const MARKERS = {
  dot: 'M17 3.800a3.200 3.200 0 1 1 0 6.400a3.200 3.200 0 1 1 0-6.400z',
  square: 'M14 4h6v6h-6z',
  triangle: 'M17 2.800l4 7.200h-8z',
  nabla: 'M17 11.200l-4-7.200h8z',
  diamond: 'M17 2.600l4.400 4.400-4.400 4.400-4.400-4.400z',
  plus: 'M16 3h2v3h3v2h-3v3h-2v-3h-3v-2h3z',
  star: 'M17 2l1.500 3.300 3.500.4-2.600 2.400.7 3.600-3.100-1.800-3.100 1.800.7-3.600-2.600-2.400 3.500-.4z',
  hexagon: 'M21 7l-2 3.500h-4l-2-3.500 2-3.500h4z',
};
