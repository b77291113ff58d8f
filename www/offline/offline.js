// The page without network: after one visit a service worker (worker.js) has the whole site. This module
// asks for it once the page is there, and offers a newer version when the worker has one. What the page
// has started with stays whole until it is reloaded. Beside it: single.js, the page as one file;
// starter.js, which starts that; manifest.json, by which the page can be installed.

import { note } from '../dom/notes.js';
import { within } from '../opening/parts.js';

/** What a note about a newer version is about. */
const NEWER = 'newer-version';

/** Where there is no secure context, or storage is blocked, the page works as ever: from its server. */
export async function keepOffline() {
  const root = document.documentElement;
  const { version } = root.dataset;
  // The developer's server shows each change at once (src/site/serve.rs).
  if (within() || !version || 'watched' in root.dataset) return;
  try {
    const container = navigator.serviceWorker;
    if (!container) return;
    let isAsked = false;
    const place = new URL('../../worker.js', import.meta.url);
    const registration = await container.register(place, { updateViaCache: 'none' });
    /** A worker that is told the page's version takes it in, or says that it has a newer one. */
    const tell = () => (registration.waiting ?? registration.active)?.postMessage({ version });
    container.addEventListener('message', ({ data, source }) => {
      // A page that came from the network may itself be newer than the worker.
      if (data !== 'newer' || (source === registration.active && !container.controller)) return;
      const press = () => {
        isAsked = true;
        if (registration.waiting) registration.waiting.postMessage('take over');
        else location.reload();
      };
      note('A newer version is there.', { about: NEWER, stays: true, button: { label: 'Reload', press } });
    });
    container.startMessages();
    container.addEventListener('controllerchange', () => {
      if (isAsked) location.reload();
      else tell();
    });
    const watch = () => registration.installing?.addEventListener('statechange', tell);
    registration.addEventListener('updatefound', watch);
    watch();
    tell();
  } catch {
    // Not allowed here.
  }
}
