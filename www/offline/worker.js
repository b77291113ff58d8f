// The service worker of a site: it keeps all of the site's files, and answers for the network. The build
// puts it at the site's root, and puts the list of the files, each with its digest, and the version, a
// digest of them all, in the place of the two constants below.
//
// A page gets all that it asks for from the version that it was opened with, however many versions were
// kept since: for every page and every worker of one, the version is noted when its document is handed
// out. A page that was opened without this worker is one of a version only if it says so itself. What is
// of no version comes from the network.

/** @typedef {{waitUntil: (done: Promise<unknown>) => void}} Lasting */
/** @typedef {Lasting & {request: Request, clientId: string, resultingClientId: string, respondWith: (answer: Promise<Response>) => void}} Asked */
/** @typedef {Lasting & {data: any, source: {id: string, postMessage: (said: unknown) => void} | null}} Said */

const VERSION = '{{version}}';
/** Their names in the site, and their digests. @type {[name: string, digest: string][]} */
const FILES = JSON.parse('{{files}}');

const worker = /** @type {any} */ (self);
/** The folder of the site. */
const ROOT = new URL('./', location.href).href;
/** Sites of one host have caches of their own. @param {string} name */
const cacheOf = (name) => `ravine ${ROOT} ${name}`;
/** Which version each page has, and what lies beside the site's own files, as far as it was asked for. */
const PAGES = cacheOf('pages');
const BESIDE = cacheOf('lessons');
/** Lessons, and the page as one file. */
const NAMED = /\.json$/i;
const SINGLE = `${ROOT}single.html`;
/** A page is not among the browser's at once. */
const NEW_MS = 60_000;

/** What is noted in [`PAGES`], as far as it was asked for. @type {Map<string, string>} */
const known = new Map();
/** @param {string} id of a page */
const noteOf = (id) => `${ROOT}?page=${encodeURIComponent(id)}`;

/** @param {string} id @param {string} version */
async function setVersion(id, version) {
  known.set(id, version);
  const cache = await caches.open(PAGES);
  await cache.put(noteOf(id), Response.json({ id, version, at: Date.now() }));
}

/** @param {string} id @returns {Promise<string>} empty where a page is of no version */
async function versionOf(id) {
  const here = known.get(id);
  if (here !== undefined || !id) return here ?? '';
  const noted = await (await caches.open(PAGES)).match(noteOf(id));
  const { version } = noted ? await noted.json() : { version: '' };
  known.set(id, version);
  return version;
}

/** @param {ArrayBuffer} bytes */
async function digestOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return btoa(String.fromCharCode(...digest));
}

/** Takes all files of this version, each from an earlier one that has it, or from the site; what is not just as the list says is of another version. */
async function install() {
  const mine = cacheOf(VERSION);
  const cache = await caches.open(mine);
  const before = (await caches.keys()).filter((name) => name.startsWith(cacheOf('')) && name !== mine);
  const earlier = await Promise.all(before.map((name) => caches.open(name)));
  await Promise.all(FILES.map(async ([name, digest]) => {
    const address = ROOT + name;
    for (const one of [cache, ...earlier]) {
      const kept = await one.match(address);
      if (kept && await keep(cache, address, kept, digest)) return;
    }
    const answer = await fetch(address, { cache: 'no-cache' });
    if (!answer.ok || !await keep(cache, address, answer, digest)) throw new Error(`${name} is not of this version.`);
  }));
}

/** @param {Cache} cache @param {string} address @param {Response} answer @param {string} digest */
async function keep(cache, address, answer, digest) {
  const headers = new Headers(answer.headers);
  // What is kept is unpacked, and whole.
  for (const name of ['content-encoding', 'content-length', 'content-range', 'vary']) headers.delete(name);
  const bytes = await answer.arrayBuffer();
  if (await digestOf(bytes) !== digest) return false;
  await cache.put(address, new Response(bytes, { headers }));
  return true;
}

/** Forgets pages that are no more, and versions that no page has. */
async function tidy() {
  const cache = await caches.open(PAGES);
  const there = (await worker.clients.matchAll({ includeUncontrolled: true, type: 'all' })).map((/** @type {{id: string}} */ { id }) => id);
  const used = new Set([cacheOf(VERSION), PAGES, BESIDE]);
  const { waiting, installing } = worker.registration;
  for (const request of await cache.keys()) {
    const { id, version, at } = await (await cache.match(request))?.json() ?? {};
    if (there.includes(id) || Date.now() - at < NEW_MS) used.add(cacheOf(version));
    else await cache.delete(request);
  }
  // What is being kept now is not known by its name yet.
  if (waiting || installing) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(cacheOf('')) && !used.has(name)) await caches.delete(name);
  }
}

/** Pages are of this version from now on, and a single file that was kept is of an earlier one. */
async function activate() {
  await (await caches.open(BESIDE)).delete(SINGLE);
  await tidy();
}

/** @param {Asked} event @param {string} name */
async function opened(event, name) {
  const { request, resultingClientId } = event;
  const answer = await (await caches.open(cacheOf(VERSION))).match(ROOT + name);
  if (!answer) return fetch(request);
  if (resultingClientId) await setVersion(resultingClientId, VERSION);
  event.waitUntil(tidy());
  return answer;
}

/** @param {Asked} event */
async function part({ request, clientId, resultingClientId }) {
  const version = await versionOf(clientId);
  if (version) {
    const name = cacheOf(version);
    const answer = await caches.has(name) && await (await caches.open(name)).match(request, { ignoreSearch: true });
    if (answer) {
      if (request.destination === 'worker' && resultingClientId) await setVersion(resultingClientId, version);
      return answer;
    }
  }
  return NAMED.test(new URL(request.url).pathname) || request.url === SINGLE ? beside(request) : fetch(request);
}

/** What lies beside the site's files: as the network has it, or else as it was last. @param {Request} request */
async function beside(request) {
  const cache = await caches.open(BESIDE);
  try {
    const answer = await fetch(request);
    if (answer.status === 200) await cache.put(request, answer.clone());
    return answer;
  } catch (fault) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw fault;
  }
}

/** A page says of which version it is. @param {Said} event */
async function hear({ data, source }) {
  if (!source) return;
  if (data.version !== VERSION) source.postMessage('newer');
  else if (worker.serviceWorker.state === 'activated') {
    // One that this worker did not open, as the first of all.
    await setVersion(source.id, VERSION);
    await worker.clients.claim();
  }
}

worker.addEventListener('install', (/** @type {Lasting} */ event) => event.waitUntil(install()));
worker.addEventListener('activate', (/** @type {Lasting} */ event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (/** @type {Asked} */ event) => {
  const { method, mode, url } = event.request;
  const [address = ''] = url.split(/[?#]/);
  if (method !== 'GET' || !address.startsWith(ROOT)) return;
  const name = address.slice(ROOT.length) || 'index.html';
  if (mode !== 'navigate') event.respondWith(part(event));
  else if (FILES.some(([file]) => file === name)) event.respondWith(opened(event, name));
});
worker.addEventListener('message', (/** @type {Said} */ event) => {
  event.waitUntil(event.data === 'take over' ? worker.skipWaiting() : hear(event));
});
