// The deck of the example page: slides, of which some are frames with Ravine. What passes between is told in
// embed.js.

const deck = /** @type {HTMLElement} */ (document.getElementById('deck'));
const slides = [...deck.querySelectorAll('section')];
const count = /** @type {HTMLElement} */ (document.getElementById('slide-count'));
/** A second window with the same deck. */
const twin = new BroadcastChannel('ravine.example');
let at = 0;

/** @param {number} to @param {boolean} [told] by the other window */
function turnTo(to, told = false) {
  at = Math.min(Math.max(to, 0), slides.length - 1);
  slides.forEach((slide, index) => { slide.hidden = index !== at; });
  count.textContent = `${at + 1} / ${slides.length}`;
  // Keys go to the frame of a slide that has one.
  if (!told && document.activeElement !== document.body) (slides[at]?.querySelector('iframe') ?? deck).focus();
  if (!told) twin.postMessage({ slide: at });
}

deck.addEventListener('keydown', (event) => {
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  turnTo(at + by);
});
for (const [id, by] of /** @type {const} */ ([['slide-back', -1], ['slide-forth', 1]])) {
  document.getElementById(id)?.addEventListener('click', () => turnTo(at + by));
}
document.getElementById('slide-copy')?.addEventListener('click', () => open(location.href, '_blank', 'popup,width=900,height=700'));

const frameAt = (/** @type {number} */ index) => slides[index]?.querySelector('iframe')?.contentWindow ?? null;
addEventListener('message', ({ source, data }) => {
  const from = slides.findIndex((_, index) => source !== null && frameAt(index) === source);
  if (from < 0 || typeof data !== 'object' || data === null) return;
  if (data.ravine === 'next') turnTo(from + 1);
  if (data.ravine === 'prev') turnTo(from - 1);
  if (data.ravine === 'escape') deck.focus();
  if (data.ravine === 'state') twin.postMessage({ slide: from, state: data });
});
twin.onmessage = ({ data: { slide, state } }) => {
  if (state) frameAt(slide)?.postMessage(state, '*');
  else turnTo(slide, true);
};
turnTo(0, true);
