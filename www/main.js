// The page, put together: the core, its parts, the clock, the address.

import { attachCanvases, sizeCanvases, watchSizes } from './canvases.js';
import { chartPart } from './chart.js';
import { startCore } from './core.js';
import { addressed, keepHistory } from './history.js';
import { listenToKeys } from './keys.js';
import { makeLoop } from './loop.js';
import { note, spokenPart } from './notes.js';
import { plotPart } from './plot.js';
import { runsPart } from './runs.js';
import { scenesPart } from './scenes.js';
import { shareButton } from './share.js';
import { surfacePart } from './surface.js';
import { transportPart } from './transport.js';
import { prefersStill, startsDark, viewPart } from './view.js';

/** @import { Live, Page } from './model.js' */

const { lab, remember } = await startCore(addressed(), (fresh) => {
  attachCanvases(fresh);
  fresh.scheme(document.documentElement.dataset.theme === 'dark' || startsDark());
  sizeCanvases(fresh);
}, () => {
  note('The core stopped on a fault of its own. It was restarted from the link; nothing is lost.');
  loop.refresh();
});

/** @type {Page} */
const page = {
  lab,
  set(key, text) {
    const fault = lab.set(key, text);
    page.edited();
    return fault ? JSON.parse(fault) : null;
  },
  act(verb, name) {
    const fault = lab.act(verb, name);
    if (fault) note(fault);
    standStill();
    page.edited();
    return fault;
  },
  edited() {
    chronicle.edited();
    loop.refresh();
  },
  moved() {
    chronicle.moved();
    loop.wake();
  },
};

/** @param {string} link */
function openLink(link) {
  lab.open(link);
  tellFaults();
  standStill();
  loop.refresh();
}

/** An earlier state of the experiment, at the step that is shown now. @param {string} link */
function restoreLink(link) {
  /** @type {Live} */
  const { step, playing } = JSON.parse(lab.live());
  lab.open(link);
  lab.seek(step);
  if (playing) lab.play();
  loop.refresh();
}

function tellFaults() {
  /** @type {string[]} */
  const faults = JSON.parse(lab.faults());
  if (faults.length > 0) note(['Not everything in the link was taken:', ...faults], { stays: true });
}

/** Who prefers no motion gets the whole paths at once, and plays them by hand. */
function standStill() {
  if (prefersStill() && lab.playing()) lab.seek(Infinity);
}

const chronicle = keepHistory(lab, openLink, restoreLink);
const transport = transportPart(page);
const scenes = scenesPart(page);
const view = viewPart(page);
const loop = makeLoop(() => lab, [
  view, scenes, surfacePart(page), chartPart(page), runsPart(page), transport, spokenPart(),
], remember);
plotPart(page);
shareButton(page);
listenToKeys({
  toggle: transport.toggle,
  step: transport.step,
  to: transport.to,
  turn: scenes.turn,
  go: chronicle.go,
  fit: () => page.act('fit', ''),
  present: view.present,
});
watchSizes(() => {
  sizeCanvases(lab);
  loop.wake();
});

tellFaults();
standStill();
loop.refresh();
requestAnimationFrame(() => requestAnimationFrame(() => {
  document.documentElement.dataset.ready = 'yes';
}));
