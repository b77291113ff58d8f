// What the page is to people who do not see it, or do not point: axe-core looks at every lab, in
// light and dark, in Present, with every dialog and sheet open, with a lesson in the making, and at 320 px.
//
//     node .ci/axe.mjs SITE      a folder that `cargo run -- build --out SITE` wrote

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 320, height: 640 };
const PROJECTOR = { width: 1280, height: 720 };

const LABS = {
  surface: 'step=21',
  minibatches: 'problem=mean&gd2.average=all&step=57',
  network: 'net=4,2&step=20',
};
/** What opens in each lab, by the button that opens it. */
const OPENS = {
  surface: ['#scene-title', '[popovertarget=view-list]', '#legend-open', '#run-add', '[popovertarget=run-menu]', '#help-open', '#formula-edit', '#share'],
  minibatches: ['#data-open', '#data-own', '#legend-open', '[popovertarget=view-list]'],
  network: ['#data-open', '#data-own', '#legend-open', '[popovertarget=view-list]'],
};
/** Scenes that ask: a direction, a number, a choice, a place. */
const ASKS = [4, 5, 9, 13];
/** A lesson in the making, and being closed: what is clicked one after the other. */
const WRITES = ['#scene-title', '#scene-list > button:has-text("Add this scene")', '#writing-close'];
/** The panels beside the data and the net. */
const DECKS = { minibatches: ['ball'], network: ['weights', 'surface'] };

function* looks() {
  for (const colorScheme of ['light', 'dark']) yield { what: `the reference, ${colorScheme}`, path: 'reference.html', viewport: DESK, colorScheme };
  for (const colorScheme of ['light', 'dark']) yield { what: `the example of frames, ${colorScheme}`, path: 'embed.html', viewport: DESK, colorScheme };
  yield { what: 'the reference at 320 px', path: 'reference.html', viewport: PHONE, hasTouch: true };
  for (const scene of ASKS) {
    const link = `lesson=basic-training&scene=${scene}`;
    yield { what: `scene ${scene}, asking`, link, viewport: DESK };
    yield { what: `scene ${scene}, asking in the dark at 320 px`, link, viewport: PHONE, hasTouch: true, colorScheme: 'dark' };
    yield { what: `scene ${scene}, answered`, link: `${link}&revealed=yes`, viewport: PROJECTOR };
  }
  for (const [lab, link] of Object.entries(LABS)) {
    for (const colorScheme of ['light', 'dark']) yield { what: `${lab}, ${colorScheme}`, link, viewport: DESK, colorScheme };
    yield { what: `${lab} at 320 px`, link, viewport: PHONE, hasTouch: true };
    yield { what: `${lab} presented`, link: `${link}&present=yes`, viewport: PROJECTOR };
    yield { what: `${lab} before the projector`, link: `${link}&present=yes`, viewport: PROJECTOR, opens: '#projector' };
    yield { what: `${lab} on the projector`, path: `?projector=axe`, link, viewport: PROJECTOR };
    yield { what: `${lab} within another page`, path: '?embed=1', link, viewport: PROJECTOR };
    yield { what: `${lab} within another page, with all controls`, path: '?embed=1&controls=scenes,caption,deck,dials,chart,runs,edit', link, viewport: PROJECTOR };
    yield { what: `${lab}, shared in the dark at 320 px`, link, viewport: PHONE, hasTouch: true, colorScheme: 'dark', opens: '#share' };
    yield { what: `${lab} in system colours`, link, viewport: DESK, forcedColors: 'active' };
    for (const opens of OPENS[lab]) yield { what: `${lab}, ${opens} open`, link, viewport: DESK, opens };
    for (const colorScheme of ['light', 'dark']) yield { what: `${lab}, a lesson in the making, ${colorScheme}`, link, viewport: DESK, colorScheme, opens: WRITES };
    yield { what: `${lab}, a lesson in the making at 320 px`, link, viewport: PHONE, hasTouch: true, opens: WRITES };
    for (const deck of DECKS[lab] ?? []) yield { what: `${lab}, ${deck}`, link: `${link}&deck=${deck}`, viewport: DESK };
  }
}

const folder = process.argv[2] ?? 'target/site';
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://here').pathname);
  const file = join(folder, path.endsWith('/') ? 'index.html' : path);
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

const executablePath = process.env.CHROME ?? BROWSERS.find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
let faults = 0;
let count = 0;
for (const { what, path = '', link, opens, ...screen } of looks()) {
  // The page's own policy would keep axe out.
  const context = await browser.newContext({ bypassCSP: true, ...screen });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/${path}${link ? `#${link}` : ''}`);
  if (!path.endsWith('.html')) await page.waitForFunction(() => document.documentElement.dataset.whole === 'yes');
  for (const click of [opens ?? []].flat()) await page.click(click);
  if (opens === '#projector') await page.waitForFunction(() => document.documentElement.dataset.projected === 'yes');
  // What reads tables may be on its way, and a button that can be pressed now fade in.
  await page.waitForFunction(() => {
    const table = document.getElementById('table');
    return !(table instanceof HTMLDialogElement && table.open) || table.ariaBusy === 'false';
  });
  await page.evaluate(() => Promise.allSettled(document.getAnimations()
    .filter((animation) => animation instanceof CSSTransition).map(({ finished }) => finished)).then(() => {}));
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run({ resultTypes: ['violations'] }));
  for (const { id, help, nodes } of violations) {
    faults += nodes.length;
    console.error(`${what}: ${help} (${id})`);
    for (const { html } of nodes.slice(0, 5)) console.error(`    ${html.slice(0, 160)}`);
  }
  count += 1;
  await context.close();
}
await browser.close();
server.close();
console.log(`axe-core looked at ${count} states of the page and found ${faults || 'nothing'}.`);
process.exitCode = faults > 0 ? 1 : 0;
