// The question of a lesson's scene: what is guessed, and what came of it. A place is guessed on the
// plot (plot/plot.js), or typed here. Beside it: tally.js, how all of a lesson went.

import { controlList } from '../controls/controls.js';
import { byId, el, setText, typeset } from '../dom/element.js';

/** @import { Asked, Live, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** The key of what is guessed. */
const GUESS = 'guess';

/** @param {Page} page @returns {Part & {isOpen: () => boolean, reveal: () => void}} */
export function questionPart(page) {
  const root = document.documentElement;
  const bar = byId('question', HTMLElement);
  const choices = byId('question-choices', HTMLElement);
  const dial = byId('question-dial', HTMLElement);
  const place = byId('question-place', HTMLElement);
  const boxes = [byId('question-x', HTMLInputElement), byId('question-y', HTMLInputElement)];
  const names = [...place.querySelectorAll('i')];
  const reveal = byId('question-reveal', HTMLButtonElement);
  const again = byId('question-again', HTMLButtonElement);
  const fault = byId('question-fault', HTMLElement);
  const outcome = byId('question-outcome', HTMLElement);
  const fit = byId('fit', HTMLButtonElement);
  const fits = fit.title;
  const showDial = controlList(page, dial);
  let isOpen = false;
  let offered = '';
  let [told, why, says] = ['', '', ''];

  reveal.addEventListener('click', () => act('reveal'));
  again.addEventListener('click', () => act('ask-again'));
  choices.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) take(target.value);
  });
  for (const box of boxes) {
    box.addEventListener('input', () => {
      if (boxes.every(({ value }) => value !== '')) take(boxes.map(({ value }) => value).join());
    });
  }

  /** @param {string} guess */
  function take(guess) {
    setText(fault, page.set(GUESS, guess)?.message ?? '');
  }
  /** What had the focus may go away with it. @param {'reveal' | 'ask-again'} what */
  function act(what) {
    const had = [reveal, again].some((button) => button === document.activeElement);
    page.act(what);
    if (had) bar.focus();
  }

  /** @param {Model} model */
  function show({ question, runs }) {
    isOpen = question?.isOpen ?? false;
    bar.hidden = question === null;
    // Fit shows all of the paths.
    fit.disabled = isOpen;
    fit.title = isOpen ? 'When the question is answered: where the runs go is part of the answer' : fits;
    again.hidden = !question || question.isOpen;
    why = question?.why ?? '';
    tell();
    root.dataset.asks = question ? (isOpen ? 'open' : 'answered') : 'no';
    if (!question) return;
    bar.setAttribute('aria-label', question.ask);
    showChoices(question, runs);
    dial.hidden = question.dial === null;
    showDial(question.dial ? [question.dial] : []);
    showPlace(question);
    reveal.hidden = !isOpen;
    setText(reveal, question.guess ? 'Check my guess' : 'Show without a guess');
    reveal.classList.toggle('ready', question.guess !== '');
    if (isOpen) setText(fault, '');
  }

  /** @param {Asked} question @param {Model['runs']} runs */
  function showChoices({ choices: all, guess }, runs) {
    choices.hidden = all.length === 0;
    const colors = all.map(({ value }) => runs.find(({ name }) => name === value)?.look.color ?? '');
    const now = JSON.stringify([all, colors]);
    if (now !== offered) {
      offered = now;
      choices.replaceChildren(...all.map(({ value, title }, at) => {
        const dot = el('i', { className: 'dot', hidden: !colors[at] });
        dot.style.background = colors[at] ?? '';
        return el('label', { className: 'chip' }, [el('input', { type: 'radio', name: GUESS, value }), dot, title]);
      }));
    }
    for (const input of choices.querySelectorAll('input')) input.checked = input.value === guess;
  }

  /** @param {Asked} question */
  function showPlace({ axes, guess }) {
    place.hidden = axes === null;
    if (!axes) return;
    const numbers = guess.split(',');
    boxes.forEach((box, at) => {
      setText(names[at] ?? box, axes[at] ?? '');
      if (document.activeElement !== box || !isOpen) box.value = numbers[at] ?? '';
    });
  }

  /** @param {Live} live */
  function advance(live) {
    says = live.outcome;
    tell();
  }
  function tell() {
    const now = says && why ? `${says} ${why}` : says;
    if (now === told) return;
    told = now;
    outcome.replaceChildren(...typeset(now));
  }
  return { show, advance, isOpen: () => isOpen, reveal: () => act('reveal') };
}
