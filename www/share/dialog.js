// The dialog of Share: the link to exactly this, its QR code, and a frame that shows it in another page.

import { address } from '../address/history.js';
import { toolsOf } from '../core/tools.js';
import { byId, el, setText } from '../dom/element.js';
import { copied } from './copied.js';
import { takingPart } from './taking.js';

/** @import { Page } from '../page.d.ts' */
/** @import { Shown, Unsent } from './share.js' */

/** @typedef {ReturnType<typeof dialogOf>} Dialog */

/** From so many modules on a QR code is too fine for the camera of a phone in the tenth row. */
const FINE_MODULES = 97;
const ON_DISK = 'This page is a file on your disk: nobody else can open a link to it. Send the file, with this inside.';
/** The size of the frame that is offered. */
const FRAME = { width: 960, height: 600 };

/**
 * @param {Page} page
 * @param {() => Unsent | null} ofLesson what is to be said of a lesson that no link leads to
 * @param {(link: string) => string} withoutPlace the experiment of a link
 * @param {(key: string) => {key: string, text: string} | null} lessonFile the file of a lesson that is not built in
 */
export function dialogOf(page, ofLesson, withoutPlace, lessonFile) {
  const dialog = byId('link', HTMLDialogElement);
  const text = byId('link-text', HTMLInputElement);
  const fault = byId('link-fault', HTMLElement);
  const lesson = byId('link-lesson', HTMLElement);
  const lessonSave = byId('link-lesson-save', HTMLButtonElement);
  const code = byId('link-code', HTMLButtonElement);
  const codeSays = byId('link-code-says', HTMLElement);
  const large = byId('code-large', HTMLDialogElement);
  const frame = byId('link-frame', HTMLTextAreaElement);
  const taking = takingPart(page, lessonFile);
  /** @type {Unsent | null} */
  let own = null;

  const copies = /** @type {const} */ ([['link', text], ['frame', frame]]).map(([name, of]) => {
    const said = byId(`${name}-said`, HTMLElement);
    byId(`${name}-copy`, HTMLButtonElement).addEventListener('click', async () => setText(said, await copied(of)));
    return said;
  });
  lessonSave.addEventListener('click', () => own?.save());
  code.addEventListener('click', () => large.showModal());
  large.addEventListener('click', () => large.close());

  /** @param {string} link */
  async function showCode(link) {
    code.hidden = true;
    setText(codeSays, 'The QR code is being made …');
    try {
      const { qr_code } = await toolsOf();
      const { svg, modules } = qr_code(link);
      if (text.value !== link) return;
      const source = `data:image/svg+xml,${encodeURIComponent(svg)}`;
      code.replaceChildren(el('img', { alt: '', src: source }));
      large.replaceChildren(el('img', { alt: 'The link as a QR code', src: source }));
      code.hidden = false;
      setText(codeSays, modules < FINE_MODULES ? '' : 'The link is long, and its code so fine that a camera must come near.');
    } catch (fault) {
      if (text.value === link) setText(codeSays, String(fault));
    }
  }

  /** What is to be said of the length of a link; may be empty. @param {string} link */
  function lengthOf({ length }) {
    return length <= page.catalog.sendable ? '' : `The link is ${length.toLocaleString('en')} characters long: too long to be sent everywhere. The page as one file has it inside.`;
  }

  return {
    /** @param {Shown} shown */
    open(shown) {
      own = ofLesson();
      const whole = page.lab.link();
      const part = address(own ? withoutPlace(whole) : whole);
      const link = new URL(part, location.href).href;
      text.value = link;
      frame.value = frameOf(part);
      setText(lesson, own?.says ?? '');
      lesson.hidden = lessonSave.hidden = !own;
      const isOnDisk = location.protocol === 'file:';
      byId('link', HTMLDialogElement).classList.toggle('on-disk', isOnDisk);
      const tooLong = isOnDisk ? ON_DISK : shown.tooLong || lengthOf(link);
      setText(fault, tooLong);
      fault.hidden = !tooLong;
      for (const said of copies) setText(said, '');
      taking.show(shown);
      dialog.showModal();
      byId('link-copy', HTMLButtonElement).focus();
      if (!isOnDisk) void showCode(link);
    },
  };
}

/** The element that shows this in another page. @param {string} part of the address, from its # on */
function frameOf(part) {
  const place = new URL(part, location.href);
  place.search = 'embed=1';
  const quoted = place.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${quoted}" width="${FRAME.width}" height="${FRAME.height}" title="Ravine" allow="fullscreen; clipboard-write" loading="lazy" style="border: 0"></iframe>`;
}
