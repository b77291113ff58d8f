// The page, put together: the core, its parts, the clock, the address.
//
// A folder holds one concern, and opens with the module of its name (in shell/: labs.js). It imports
// from those above it only:
//
//   dom/        elements, templates, sheets, notes
//   opening/    what stands there before the core does
//   offline/    the page without a network: kept by the browser, or as one file
//   core/       the core, its clock, its canvases, what it answers the pointer
//   controls/   a dial of the core as a slider, a select, a switch
//   address/    the link in the address, undo, what is kept beside it
//   deck/       the panels below the plots, the pseudo code
//   plot/       the plots of the plane, the formula, start and window, the legend
//   runs/       the runs' cards, the loss chart
//   data/       the data, their plot, tables
//   net/        the net's picture, and what is told of it
//   question/   what a lesson's scene asks, and how its answers were
//   lesson/     the reader's lessons: written, kept, opened, saved
//   share/      what is on the screen, taken along: link, QR code, pictures, tables, code
//   projector/  a second window for the projector, and what the lecturer's shows then
//   embed/      the page within another page
//   shell/      around all of it: labs, scenes, transport, keys, Present, View
//
// State flows one way, actions the other. The core alone holds the experiment. core/loop.js asks it
// once a frame and hands what it says to the parts: `show` when the experiment is another, `advance`
// when the clock is elsewhere. What a part keeps is what it has written into its own elements, so
// that it writes them only when they change. What a reader does goes to the core by `Page` below:
// `set` and `act` change the experiment; calls of `lab` that move the clock or the pointer are
// followed by `moved`, those by which a hand changes the experiment by `edited`. A part hears of the
// outcome as all others do, by the next frame.

import { linkFaults } from './address/faults.js';
import { addressed, atFirst, keepHistory, leftAtFirst, noHistory, placeAtFirst } from './address/history.js';
import { undoPart } from './address/undo.js';
import { selectsPart } from './controls/selects.js';
import { attachCanvases, keepSizes, sizeCanvases, watchSizes } from './core/canvases.js';
import { startCore } from './core/core.js';
import { fromJson, toJson } from './core/json.js';
import { makeLoop } from './core/loop.js';
import { noteOf } from './core/report.js';
import { codePart } from './deck/code.js';
import { deckPart } from './deck/deck.js';
import { byId, setText } from './dom/element.js';
import { note, spokenPart } from './dom/notes.js';
import { fetchedLessons, pathIn, withoutPlace } from './lesson/fetched.js';
import { shelfOf } from './lesson/shelf.js';
import { followedPair, isEmbedded, ready } from './opening/opening.js';
import { labelsPart } from './plot/labels.js';
import { placePart } from './plot/place.js';
import { plotsPart } from './plot/plot.js';
import { surfacePart } from './plot/surface.js';
import { questionPart } from './question/question.js';
import { chartPart } from './runs/chart.js';
import { runsPart } from './runs/runs.js';
import { sharePart } from './share/share.js';
import { listenToKeys } from './shell/keys.js';
import { labsPart } from './shell/labs.js';
import { presentPart } from './shell/present.js';
import { scenesPart } from './shell/scenes.js';
import { transportPart } from './shell/transport.js';
import { prefersStill, startsDark, viewPart } from './shell/view.js';

/** @import { Live } from './model.d.ts' */
/** @import { Page } from './page.d.ts' */

/** What opens another experiment in place of the one that is there. */
const LEADS_AWAY = ['lab', 'lesson', 'scene'];
/** The key of the pseudo code's line. */
const LINE = 'line';

/** The lab whose pictures are all on the plane of the plot. */
const PLAIN = 'surface';

const isFollower = followedPair !== null;
/** What the other labs have besides: the Surface lab does not wait for it. */
const withData = () => Promise.all([import('./data/data.js'), import('./net/net.js'), import('./net/told.js')]);
const awaited = document.documentElement.dataset.lab === PLAIN ? null : withData();
const placeBefore = isFollower ? undefined : placeAtFirst();
const shelf = shelfOf(!isFollower);
// The projector's window gets its lessons from the lecturer's.
const fetched = isFollower ? null : fetchedLessons(shelf, atFirst());
const first = {
  link: async () => (fetched ? fetched.firstLink() : addressed()),
  left: isFollower ? '' : leftAtFirst(),
  lessons: shelf.files,
};
/** The clock. There is none before all parts are there; then it shows what was opened until then. @type {ReturnType<typeof makeLoop>} */
let loop;
/** What leaves maps to a worker, once that has been loaded. @type {ReturnType<typeof import('./core/maps.js').mapsPart> | null} */
let maps = null;
const { lab, failed, remember } = await startCore(first, (fresh) => {
  attachCanvases(fresh);
  fresh.scheme(startsDark());
  sizeCanvases(fresh);
}, (link, report) => {
  // The clock is not in the link that the core was restarted from: it may have moved on since.
  maps?.again();
  const clock = loop?.shown();
  if (clock && link) goOn(clock);
  noteOf(link
    ? 'The core stopped on a fault of its own. It was restarted from the link; nothing is lost.'
    : 'The core stopped on a fault of its own, and again on the link. Undo goes back to before.',
  report, page.catalog.version);
  loop?.refresh();
}).catch((fault) => {
  const words = `Ravine could not start: ${fault}`;
  setText(byId('starting', HTMLElement), words);
  note(words, { stays: true });
  throw fault;
});

const unread = shelf.bind(lab, () => loop?.refresh());
if (fetched && !fetched.start(unread, arrivedLesson)) lab.open(withoutPlace(atFirst()));

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
    if (typeof action === 'object' && LEADS_AWAY.some((name) => name in action)) chronicle.keep();
    const fault = stillIfStill(() => lab.act(toJson(action)));
    if (fault) note(fromJson(fault).message);
    page.edited();
    faults.edited();
  },
  edited() {
    chronicle.edited();
    loop.refresh();
  },
  turned() {
    chronicle.edited();
    loop.wake();
  },
  moved() {
    chronicle.moved();
    loop.wake();
  },
};

/** Tells whether all that the link names is there. @param {string} link */
function openLink(link) {
  const there = fetched ? fetched.opened(link) : link;
  if (there === null) return false;
  stillIfStill(() => lab.open(there));
  faults.opened();
  loop?.refresh();
  return there === link;
}

/** An earlier state of the experiment, at the step that is shown now. @param {string} link */
function restoreLink(link) {
  const clock = live();
  lab.open(link);
  faults.opened();
  goOn(clock);
  loop?.refresh();
}

/** A lesson that was waited for is there, or is known not to be. @param {string} path */
function arrivedLesson(path) {
  const asked = addressed();
  if (pathIn(asked) === path) chronicle.again();
  else if (shelf.entry(path)) {
    note(`The lesson ${path} is there now.`, {
      about: path, stays: true, button: { label: 'Open it', press: () => page.act({ lesson: { key: path, scene: 0 } }) },
    });
  }
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
// Within another page, going back leads to where that was.
const chronicle = isFollower || isEmbedded ? noHistory : keepHistory(lab, openLink, restoreLink, () => {
  const { step, playing } = live();
  return { step, playing, full: document.fullscreenElement !== null };
}, (link) => fetched?.lacks(link) ?? false);
// The parts take as long as the core on a slow machine: a hand is not kept waiting for both.
await new Promise((done) => setTimeout(done));
const question = questionPart(page);
const transport = transportPart(page, question);
/** A lesson in the making, once it has been loaded. @type {import('./lesson/writing.js').Writing | null} */
let writing = null;
const scenes = scenesPart(page, shelf.all, () => writing?.offers() ?? []);
const presenter = presentPart(page);
/** The lecturer's half of a pair of windows, once it has been loaded. @type {ReturnType<typeof import('./projector/lead.js').leadPart> | null} */
let lead = null;
const code = codePart(page);
/** What is told of a net, once that has been loaded. @type {ReturnType<typeof import('./net/told.js').toldPart> | null} */
let told = null;
/** @param {Awaited<ReturnType<typeof withData>>} modules */
function partsOf([{ dataPart }, { netPart }, { toldPart }]) {
  told = toldPart(page);
  return [dataPart(page), netPart(page), told];
}
const own = awaited ? partsOf(await awaited) : [];
loop = makeLoop(page, [
  viewPart(page), presenter, labsPart(page), deckPart(page), plotsPart(page), scenes, question, surfacePart(page), placePart(page),
  chartPart(page), runsPart(page), transport, sharePart(page, () => writing?.ofLink() ?? null, withoutPlace, shelf.file), spokenPart(), { advance: noteEnd }, code, ...own,
  undoPart(chronicle), labelsPart(), selectsPart(),
], remember);
/** A page within another. @type {ReturnType<typeof import('./embed/embed.js').embedPart> | null} */
let embed = null;
if (!isFollower) listenToKeys({
  toggle: transport.toggle,
  step: transport.step,
  line(by) {
    code.turn(by);
    told?.turn(by);
  },
  to: transport.to,
  faster: transport.faster,
  turn: (by) => (embed ?? scenes).turn(by),
  isLesson: scenes.isLesson,
  go: chronicle.go,
  fit: () => byId('fit', HTMLButtonElement).click(),
  hill: () => byId('hill', HTMLButtonElement).click(),
  ring: () => lead?.hold(),
  presenter: {
    ...presenter,
    isBlack: () => presenter.isBlack() || (lead?.isBlack() ?? false),
    blacken(on) {
      if (lead && (lead.isThere() || lead.isBlack())) lead.blacken(on);
      else presenter.blacken(on);
    },
  },
});
watchSizes(() => {
  if (!keepSizes(lab)) return;
  // A canvas with another size is blank: it is filled before the browser paints.
  if (loop.hasDrawn()) lab.draw();
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

if (!isFollower) faults.opened();
if (failed) noteOf('The core stopped on a fault of its own when it opened the link.', failed, page.catalog.version);
// A clock that stands is in the link.
if (placeBefore?.playing) goOn(placeBefore);
else standStill();
if (followedPair !== null) {
  const { follow } = await import('./projector/follow.js');
  follow(lab, followedPair, loop, (key, text) => shelf.put(key, text, true));
}
if (isEmbedded) {
  const { embedPart } = await import('./embed/embed.js');
  embed = embedPart(lab, {
    open: openLink,
    // A lesson beside the page is asked for when it is opened.
    faultsOf: (link) => fromJson(lab.faults_of(fetched?.lacks(link) ? withoutPlace(link) : link)),
    wake: loop.wake,
    turn: (by) => turnsScenes() && scenes.turn(by),
  });
  loop.add(embed);
}
loop.refresh();
// For the console, and for tests of the page.
Object.assign(globalThis, { ravine: { lab, page } });
// The second frame draws. It is painted before a timer that is set in it runs.
requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
  ready();
  void loadRest();
})));

/** Whether a page within another has scenes of its own: those of a lesson, or where it has the list. */
const turnsScenes = () => scenes.isLesson() || (document.documentElement.dataset.controls ?? '').includes('scenes');

/** What nothing of the first picture needs. */
async function loadRest() {
  try {
    document.head.append(byId('later', HTMLTemplateElement).content);
    if (!awaited) partsOf(await withData()).forEach(loop.add);
    const [{ mapsPart }, { legendOf }, { tallyPart }] = await Promise.all([
      import('./core/maps.js'), import('./plot/legend.js'), import('./question/tally.js'),
    ]);
    legendOf(page);
    maps = mapsPart(lab, loop.wake);
    [maps, tallyPart(page)].forEach(loop.add);
    if (!isFollower) {
      const [{ leadPart }, { lessonFiles }, { writingPart }, { keepOffline }] = await Promise.all([
        import('./projector/lead.js'), import('./lesson/files.js'), import('./lesson/writing.js'), import('./offline/offline.js'),
      ]);
      lead = leadPart(page, scenes.about, shelf.file);
      writing = writingPart(page, shelf, lessonFiles(page, shelf));
      [lead, writing].forEach(loop.add);
      void keepOffline();
    }
    loop.refresh();
    document.documentElement.dataset.whole = 'yes';
  } catch (fault) {
    note(`A part of the page could not be loaded: ${fault}. Reload it to try again.`);
  }
}
