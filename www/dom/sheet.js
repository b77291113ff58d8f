// Sheets: small panels that open beside a button. They are popovers, which close by themselves
// on Escape and on a click elsewhere, and give the focus back.

/** The button that was pressed last: the one that the sheet opens beside. @type {HTMLElement | null} */
let pressed = null;
document.addEventListener('click', ({ target }) => {
  pressed = target instanceof Element ? target.closest('button') : null;
}, { capture: true });

const GAP = 6;
const MARGIN = 8;

/**
 * Lets a sheet open below, or above, the button that opens it.
 * @param {HTMLElement} sheet
 * @param {(button: HTMLElement) => void} [opening] is told before it shows
 */
export function sheetOf(sheet, opening) {
  /** @type {HTMLElement | null} */
  let button = null;
  sheet.addEventListener('beforetoggle', (event) => {
    if (event.newState !== 'open') return;
    button = pressed;
    if (button) opening?.(button);
    // It has no place before it has a size: until then it is not seen, and takes no click.
    sheet.style.visibility = 'hidden';
  });
  sheet.addEventListener('toggle', (event) => {
    const open = event.newState === 'open';
    button?.setAttribute('aria-expanded', String(open));
    if (!open) return;
    if (button) place(sheet, button);
    sheet.style.visibility = '';
    if (!button) return;
    const first = sheet.querySelector('[aria-current="true"], button, input, select');
    if (first instanceof HTMLElement) first.focus();
  });
}

/**
 * @param {HTMLElement} sheet
 * @param {HTMLElement} button
 */
function place(sheet, button) {
  const anchor = button.getBoundingClientRect();
  const { width, height } = sheet.getBoundingClientRect();
  const left = Math.min(anchor.left, innerWidth - width - MARGIN);
  const below = anchor.bottom + GAP;
  const fits = below + height + MARGIN <= innerHeight;
  const top = fits ? below : Math.max(MARGIN, anchor.top - GAP - height);
  sheet.style.left = `${Math.max(MARGIN, left)}px`;
  sheet.style.top = `${top}px`;
}
