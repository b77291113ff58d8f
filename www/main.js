// The page, put together: the core, its parts, the clock, the address.

import { attachCanvases, sizeCanvases, watchSizes } from './canvases.js';
import { chartPart } from './chart.js';
import { codePart } from './code.js';
import { startCore } from './core.js';
import { dataPart } from './data.js';
import { deckPart } from './deck.js';
import { byId, setText } from './element.js';
import { linkFaults } from './faults.js';
import { atFirst, keepHistory, leftAtFirst, placeAtFirst } from './history.js';
import { fromJson, toJson } from './json.js';
import { listenToKeys } from './keys.js';
import { labelsPart } from './labels.js';
import { labsPart } from './labs.js';
import { legendOf } from './legend.js';
import { makeLoop } from './loop.js';
import { netPart } from './net.js';
import { toldPart } from './net-told.js';
import { note, spokenPart } from './notes.js';
import { ready } from './opening.js';
import { placePart } from './place.js';
import { plotsPart } from './plot.js';
import { presentPart } from './present.js';
import { noteOf } from './report.js';
import { runsPart } from './runs.js';
import { selectsPart } from './selects.js';
import { scenesPart } from './scenes.js';
import { sharePart } from './share.js';
import { surfacePart } from './surface.js';
import { transportPart } from './transport.js';
import { undoPart } from './undo.js';
import { prefersStill, startsDark, viewPart } from './view.js';

/** @import { Live } from './model.d.ts' */
/** @import { Page } from './page.d.ts' */

/** The key of the pseudo code's line. */
const LINE = 'line';

const placeBefore = placeAtFirst();
const { lab, failed, remember } = await startCore({ link: atFirst(), left: leftAtFirst() }, (fresh) => {
  attachCanvases(fresh);
  fresh.scheme(startsDark());
  sizeCanvases(fresh);
}, (link, report) => {
  // The clock is not in the link that the core was restarted from: it may have moved on since.
  const clock = loop.shown();
  if (clock && link) goOn(clock);
  noteOf(link
    ? 'The core stopped on a fault of its own. It was restarted from the link; nothing is lost.'
    : 'The core stopped on a fault of its own, and again on the link. Undo goes back to before.',
  report, page.catalog.version);
  loop.refresh();
}).catch((fault) => {
  const words = `Ravine could not start: ${fault}`;
  setText(byId('starting', HTMLElement), words);
  note(words, { stays: true });
  throw fault;
});

/** @type {Page} */
const page = {
  lab,
  catalog: fromJson(lab.catalog()),
  set(key, text) {
    const fault = stillIfStill(() => lab.set(key, text));
    if (fault) return fromJson(fault);
    page.edited();
    faults.edited();
    return null;
  },
  act(action) {
    const fault = stillIfStill(() => lab.act(toJson(action)));
    if (fault) note(fromJson(fault).message);
    page.edited();
    faults.edited();
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
  stillIfStill(() => lab.open(link));
  faults.opened();
  loop.refresh();
}

/** An earlier state of the experiment, at the step that is shown now. @param {string} link */
function restoreLink(link) {
  const clock = live();
  lab.open(link);
  faults.opened();
  goOn(clock);
  loop.refresh();
}

/** The clock runs, or stands, as it did. @param {Pick<Live, 'step' | 'playing'> & Partial<Live>} clock */
function goOn({ step, playing, code }) {
  lab.seek(step);
  if (playing) lab.play();
  else if (code) lab.set(LINE, String(code.line));
}

/**
 * Another surface or scene begins to play. Who prefers no motion gets its whole paths at once,
 * unless they played before.
 * @template T
 * @param {() => T} change
 * @returns {T}
 */
function stillIfStill(change) {
  const played = lab.playing();
  const result = change();
  if (!played) standStill();
  return result;
}
function standStill() {
  if (prefersStill() && lab.playing()) lab.seek(live().steps);
}

/** The clock stopped by itself: the address says where. @param {Live} now */
function noteEnd({ playing }) {
  if (played && !playing) chronicle.moved();
  played = playing;
}
let played = false;

const live = () => fromJson(lab.live());

const faults = linkFaults(lab);
const chronicle = keepHistory(lab, openLink, restoreLink, () => {
  const { step, playing } = live();
  return { step, playing, full: document.fullscreenElement !== null };
});
const transport = transportPart(page);
const scenes = scenesPart(page);
const presenter = presentPart(page);
const code = codePart(page);
const told = toldPart(page);
const loop = makeLoop(page, [
  viewPart(page), presenter, labsPart(page), deckPart(page), plotsPart(page), scenes, surfacePart(page), placePart(page),
  chartPart(page), dataPart(page), runsPart(page), transport, sharePart(page), spokenPart(), { advance: noteEnd }, code, netPart(page), told,
  undoPart(chronicle), labelsPart(), selectsPart(),
], remember);
legendOf(page);
listenToKeys({
  toggle: transport.toggle,
  step: transport.step,
  line(by) {
    code.turn(by);
    told.turn(by);
  },
  to: transport.to,
  faster: transport.faster,
  turn: scenes.turn,
  go: chronicle.go,
  fit: () => page.act({ do: 'fit' }),
  presenter,
});
watchSizes(() => {
  sizeCanvases(lab);
  // A canvas with another size is blank: it is filled before the browser paints.
  lab.draw();
  loop.refresh();
});

if (placeBefore?.full) presenter.fillAgain();
// The address is the experiment's, so the link moves the focus and nothing else.
byId('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  event.preventDefault();
  const pictures = [...document.querySelectorAll('[role="application"]')];
  const first = pictures.find((picture) => picture.checkVisibility());
  if (first instanceof HTMLElement) first.focus();
});

faults.opened();
if (failed) noteOf('The core stopped on a fault of its own when it opened the link.', failed, page.catalog.version);
// A clock that stands is in the link.
if (placeBefore?.playing) goOn(placeBefore);
else standStill();
loop.refresh();
// For the console, and for tests of the page.
Object.assign(globalThis, { ravine: { lab, page } });
requestAnimationFrame(() => requestAnimationFrame(ready));
