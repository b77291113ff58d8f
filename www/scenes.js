// Scenes: prepared experiments, each a link with a title and a sentence.

import { byId, el, setText, typeset } from './element.js';
import { sheetOf } from './sheet.js';

/** @import { Model, Page, Part } from './model.js' */

/** Opens one with the reader's own light and size, unlike its bare link. */
const OPEN = 'preset';

/** @param {Page} page @returns {Part & {turn: (by: 1 | -1) => void}} */
export function scenesPart(page) {
  const title = byId('scene-title', HTMLButtonElement);
  const name = title.querySelector('b') ?? title;
  const count = byId('scene-count', HTMLElement);
  const list = byId('scene-list', HTMLElement);
  /** @type {Model['presets']} */
  let presets = [];
  /** The one that was opened last, −1 while none was. */
  let last = -1;
  let open = -1;
  let listed = '';

  sheetOf(list);
  /** From a changed scene, "next" is the one after it and "previous" is the scene itself. @param {1 | -1} by */
  function turn(by) {
    const changed = open < 0 && by < 0;
    const from = last < 0 && by < 0 ? presets.length : last;
    const index = (from + (changed && last >= 0 ? 0 : by) + presets.length) % presets.length;
    page.act(OPEN, String(index));
  }
  byId('scene-back', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('scene-forth', HTMLButtonElement).addEventListener('click', () => turn(1));

  /** @param {Model} model */
  function show(model) {
    const other = presets[last]?.title !== model.presets[last]?.title;
    presets = model.presets;
    if (other) last = -1;
    open = model.preset;
    if (open >= 0) last = open;
    setText(name, presets[last]?.title ?? 'Scenes');
    title.classList.toggle('changed', open < 0 && last >= 0);
    title.title = presets[last]?.sentence ?? '';
    document.title = open < 0 ? `${model.surface.name} · Ravine` : `${name.textContent} · Ravine`;
    const changed = last < 0 ? '' : 'changed';
    setText(count, open < 0 ? changed : `${open + 1} / ${presets.length}`);
    const names = JSON.stringify(presets);
    if (names !== listed) {
      listed = names;
      list.replaceChildren(...presets.map((preset, index) => {
        const button = el('button', { type: 'button' }, [
          el('b', { textContent: preset.title }),
          el('span', { className: 'muted' }, typeset(preset.sentence)),
        ]);
        button.addEventListener('click', () => {
          list.hidePopover();
          page.act(OPEN, String(index));
        });
        return button;
      }));
    }
    [...list.children].forEach((button, index) =>
      button.setAttribute('aria-current', String(index === open)));
  }
  return { show, turn };
}
