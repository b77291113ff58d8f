// Says why the page cannot start, where its modules cannot: they are never run then. So this is a
// classic script, which a browser also takes in a frame that may not ask its own server for more.
// Deferred, it keeps nothing waiting, and still runs before the modules would.

(() => {
  /** @param {string} words */
  function say(words) {
    const place = document.getElementById('starting');
    if (!place) return;
    place.textContent = words;
    place.classList.add('failed');
  }
  function why() {
    if (location.protocol === 'file:') {
      return 'Ravine could not start: browsers run its modules only from a web server. “cargo run” in its folder starts one. A single file needs none: “cargo run -- build --single-file FILE” writes it.';
    }
    if (self.origin === 'null') {
      return 'Ravine could not start: this frame has no origin of its own (it is sandboxed without “allow-same-origin”), so its modules need the header “Access-Control-Allow-Origin: *”, which the server does not send.';
    }
    return 'Ravine could not start: a part of it could not be loaded. Reload the page, or see whether its folders www and core are complete.';
  }
  // What cannot be loaded says so to its own element only, on the way down to it.
  addEventListener('error', ({ target }) => {
    if (!(target instanceof HTMLScriptElement) && !(target instanceof HTMLLinkElement && target.rel === 'modulepreload')) return;
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => say(why()));
    else say(why());
  }, { capture: true });
  if (typeof WebAssembly === 'undefined' || !('noModule' in HTMLScriptElement.prototype)) {
    addEventListener('DOMContentLoaded', () => say('Ravine needs a browser of today: this one has no WebAssembly, or no modules.'));
  }
})();
