// Scenes: prepared experiments, each a link with a title and a sentence.

import { byId, setText, typeset } from '../dom/element.js';
import { showScene } from '../opening/opening.js';
import { sheetOf } from '../dom/sheet.js';
import { copyOf } from '../dom/template.js';

/** @import { LabEntry, Model } from '../model.d.ts' */
/** @import { Page, Part } from '../page.d.ts' */

/** @param {Page} page @returns {Part & {turn: (by: 1 | -1) => void}} */
export function scenesPart(page) {
  const title = byId('scene-title', HTMLButtonElement);
  const list = byId('scene-list', HTMLElement);
  const again = byId('scene-again', HTMLButtonElement);
  /** @type {LabEntry['presets']} */
  let presets = [];
  /** The one that is open as it came, and the one that it was, whatever was changed; −1 for none. */
  let [open, scene] = [-1, -1];
  /** The last scene of this lab that there was: where turning goes on from what is none. */
  let last = -1;

  sheetOf(list);
  /**
   * Opens one with the reader's own light and size, unlike its bare link. A clicker may be pressed
   * again before the next frame shows it.
   * @param {number} index
   */
  function enter(index) {
    page.act({ do: 'scene', index });
    [open, scene, last] = [index, index, index];
  }

  /** From a changed scene, "next" is the one after it and "previous" is the scene itself. @param {1 | -1} by */
  function turn(by) {
    if (last < 0) enter(by > 0 ? 0 : presets.length - 1);
    else if (open < 0 && by < 0) enter(last);
    else enter((last + by + presets.length) % presets.length);
  }
  byId('scene-back', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('scene-forth', HTMLButtonElement).addEventListener('click', () => turn(1));
  again.addEventListener('click', () => {
    enter(scene);
    // The button goes away, and the focus with it.
    title.focus();
  });

  /** @param {Model} model @param {LabEntry} entry */
  function show(model, entry) {
    if (presets !== entry.presets) {
      ({ presets } = entry);
      last = -1;
      list.replaceChildren(...presets.map(offer));
    }
    ({ scene, preset: open } = model);
    if (scene >= 0) last = scene;
    const isChanged = open < 0 && scene >= 0;
    const preset = presets[scene];
    title.title = preset?.sentence ?? '';
    document.title = `${open < 0 || !preset ? model.surface.name : preset.title} · Ravine`;
    again.hidden = !isChanged;
    showScene({
      title: preset?.title,
      sentence: preset?.sentence ?? (model.surface.teaches || `${model.surface.name}.`),
      place: preset ? `${scene + 1} / ${presets.length}` : '',
      isChanged,
    });
    [...list.children].forEach((button, index) =>
      button.setAttribute('aria-current', String(index === open)));
  }

  /** The row of a scene in the list. @param {LabEntry['presets'][number]} preset @param {number} index */
  function offer(preset, index) {
    const { element: button, part } = copyOf('scene-template');
    setText(part('title', HTMLElement), preset.title);
    part('sentence', HTMLElement).append(...typeset(preset.sentence));
    button.addEventListener('click', () => {
      list.hidePopover();
      enter(index);
    });
    return button;
  }
  return { show, turn };
}
