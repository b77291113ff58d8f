// Starts a single file: the page with all of its parts within, that asks nobody for anything (see
// src/site/single.rs, which writes it). It is a classic script, the last of the document, and no part
// of a site.
//
// A module becomes a blob of its own, those that it imports first, so that it can import these by
// their blobs' names. Browsers take such modules where they take none from a file: beside a page that
// was opened from a disk, and in a frame without an origin.

(() => {
  /** @param {string} words */
  function say(words) {
    const place = document.getElementById('starting');
    if (!place) return;
    place.textContent = words;
    place.classList.add('failed');
  }
  /** @param {string} id */
  const textOf = (id) => document.getElementById(id)?.textContent ?? '';

  // These two are run in workers, too, each by its text.
  /** What was packed: gzip, as base64. @param {string} packed */
  async function unpacked(packed) {
    const text = atob(packed);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).arrayBuffer();
  }
  /** Where each module is from now on, by their names. @param {string} packed @returns {Promise<Map<string, string>>} */
  async function modulesOf(packed) {
    /** @type {[name: string, text: string][]} */
    const all = JSON.parse(new TextDecoder().decode(await unpacked(packed)));
    const blobs = new Map();
    for (const [name, raw] of all) {
      const text = raw.replace(/'within:([^']+)'/g, (_, other) => `'${blobs.get(other)}'`);
      blobs.set(name, URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
    }
    return blobs;
  }
  /** @param {string} name of a part */
  const packedOf = (name) => textOf(`within:${name}`);

  const [MODULES, TOOLS] = ['modules', 'tools/ravine_bg.wasm'];
  /** @type {{link: string, lesson: {name: string, text: string} | null}} */
  const { link, lesson } = JSON.parse(textOf('within'));

  /**
   * A worker that runs a module. Beside a page from a disk browsers start classic workers only, which import
   * modules that they have made themselves; what they are told until then is told again.
   * @param {string} name
   */
  function worker(name) {
    const text = `
      ${unpacked}
      ${modulesOf}
      globalThis.within = { bytes: () => unpacked('${packedOf(TOOLS)}') };
      const early = [];
      onmessage = (event) => early.push(event);
      modulesOf('${packedOf(MODULES)}').then((blobs) => import(blobs.get('${name}'))).then(
        () => early.forEach((event) => onmessage(event)),
        (fault) => setTimeout(() => { throw fault; }),
      );`;
    return new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  }

  Object.assign(globalThis, {
    within: {
      bytes: (/** @type {string} */ name) => unpacked(packedOf(name)),
      worker,
      lesson,
      // As it was before anything ran.
      source: `<!doctype html>\n${document.documentElement.outerHTML}\n`,
    },
  });

  function openFirst() {
    const first = link || (lesson ? `lesson=${encodeURIComponent(lesson.name)}` : '');
    // An address that says what to open has the last word; the projector's window is told.
    if (!first || location.hash || location.search) return;
    try {
      history.replaceState(null, '', `#${first}`);
    } catch {
      location.hash = first;
    }
  }

  /** The reference is a page of its own. Browsers let no page but this one lead to a file: its links into the labs are followed here. @param {MouseEvent} event */
  async function openReference(event) {
    event.preventDefault();
    const page = new TextDecoder().decode(await unpacked(packedOf('reference.html')));
    const there = window.open('', '_blank');
    if (!there) {
      const here = location.href.replace(/#.*/, '');
      const blob = new Blob([page.replaceAll('href="./', `href="${here}`)], { type: 'text/html' });
      location.assign(URL.createObjectURL(blob));
      return;
    }
    there.document.write(page);
    there.document.close();
    there.document.addEventListener('click', (click) => {
      const to = /** @type {Element} */ (click.target).closest('a')?.getAttribute('href');
      if (!to?.startsWith('./')) return;
      click.preventDefault();
      document.querySelector('dialog')?.close();
      location.hash = to.slice('./'.length);
      window.focus();
    });
  }

  /** In a frame that was given its text, a link to # would lead to the page around it. @param {MouseEvent} event */
  function stayHere(event) {
    const to = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : null;
    if (!to?.startsWith('#') || event.defaultPrevented || location.protocol !== 'about:') return;
    event.preventDefault();
    location.hash = to;
  }

  async function start() {
    if (typeof WebAssembly === 'undefined' || typeof DecompressionStream === 'undefined') {
      say('Ravine needs a browser of today: this one has no WebAssembly, or cannot unpack what is in the file.');
      return;
    }
    openFirst();
    document.getElementById('reference')?.addEventListener('click', openReference);
    document.addEventListener('click', stayHere);
    const blobs = await modulesOf(packedOf(MODULES));
    for (const name of ['www/opening/opening.js', 'www/main.js']) await import(blobs.get(name) ?? '');
  }
  start().catch((/** @type {unknown} */ fault) => say(`Ravine could not start: ${fault}`));
})();
