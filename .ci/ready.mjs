// How soon the page can be read and used on an emulated fast 4G line, with a processor slowed four
// times: what a visitor with a phone of the middle class feels. Served as hosts of static files serve
// it, over HTTP/2 and compressed.
//
//     node .ci/ready.mjs SITE…   folders that `cargo run -- build --out SITE` wrote; of several, in turn

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wasm': 'application/wasm',
};
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** "Fast 4G" of Chromium's own tools: milliseconds, and bytes a second. */
const LINE = { offline: false, latency: 165, downloadThroughput: 8.1e6 / 8, uploadThroughput: 1.35e6 / 8 };
const SLOWED = 4;
const SCREEN = { width: 1440, height: 900 };
const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** What is aimed at, in seconds. */
const GOALS = { read: 0.8, ready: 2 };

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['target/site'];
const executablePath = process.env.CHROME ?? BROWSERS.find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const hosts = folders.map(host);
/** @type {{ read: number[], ready: number[] }[]} */
const seen = folders.map(() => ({ read: [], ready: [] }));
// A visit that does not count: a browser that was just started is busy with itself.
await visit(await hosts[0]);
for (let round = 0; round < ROUNDS; round++) {
  for (const [place, server] of hosts.entries()) {
    const { read, ready } = await visit(await server);
    seen[place]?.read.push(read);
    seen[place]?.ready.push(ready);
  }
}
await browser.close();
for (const server of hosts) (await server).close();
for (const [place, folder] of folders.entries()) {
  const told = Object.entries(GOALS).map(([what, goal]) => {
    const sorted = (seen[place]?.[/** @type {'read'} */ (what)] ?? []).sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? NaN;
    return `${what} after ${middle.toFixed(2)} s (${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)}; goal ${goal})`;
  });
  console.log(`${folder}, median of ${ROUNDS} visits: ${told.join(', ')}`);
}

/** A host of a folder's files at a port of its own. @param {string} folder */
async function host(folder) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const server = createSecureServer({ ...certificate(), allowHTTP1: true }, (request, response) => {
    const path = normalize(new URL(request.url, 'https://here').pathname);
    const file = join(folder, path.endsWith('/') ? 'index.html' : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    let body = files.get(file);
    if (!body) files.set(file, body = brotliCompressSync(readFileSync(file)));
    const type = TYPES[/** @type {'.js'} */ (extname(file))] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-encoding': 'br' }).end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  return server;
}

/** One that nobody trusts, for this run. */
function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'ravine-ready-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1', '-keyout', key, '-out', cert,
  ], { stdio: 'ignore' });
  const both = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return both;
}

/** A first visit, nothing kept. @param {Awaited<ReturnType<typeof host>>} server */
async function visit(server) {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: SCREEN });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (document.documentElement.dataset.ready !== 'yes') return;
      observer.disconnect();
      performance.mark('ready');
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-ready'] });
  });
  await page.goto(`https://127.0.0.1:${port}/`, { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('ready').length > 0);
  const times = await page.evaluate(() => ({
    read: (performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN) / 1000,
    ready: (performance.getEntriesByName('ready')[0]?.startTime ?? NaN) / 1000,
  }));
  await context.close();
  return times;
}
