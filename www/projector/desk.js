// What the lecturer alone sees while there is a projector's window: the notes of the scene, the
// title of the next one, and a clock.

import { byId, setText, typeset } from '../dom/element.js';

/** The name in the session's storage of when the lecture began. */
const BEGAN = 'ravine.began';
const TICK_MS = 1000;

/** @param {() => {notes: string, next: string}} scene what is to be said, and what comes after it */
export function deskOf(scene) {
  const desk = byId('desk', HTMLElement);
  const notes = byId('desk-notes', HTMLElement);
  let began = beganBefore();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  let shown = '';

  byId('desk-reset', HTMLButtonElement).addEventListener('click', () => {
    begin();
    tick();
  });
  function begin() {
    began = Date.now();
    try {
      sessionStorage.setItem(BEGAN, String(began));
    } catch {
      // Then a reload begins anew.
    }
  }
  function tick() {
    setText(byId('desk-time', HTMLElement), new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
    setText(byId('desk-since', HTMLElement), duration(Date.now() - began));
  }
  return {
    /** @param {boolean} isThere whether there is a projector's window */
    show(isThere) {
      desk.hidden = !isThere;
      clearInterval(timer);
      if (!isThere) return;
      if (!began) begin();
      tick();
      timer = setInterval(tick, TICK_MS);
    },
    update() {
      const { notes: words, next } = scene();
      if (`${words}\n${next}` === shown) return;
      shown = `${words}\n${next}`;
      notes.replaceChildren(...typeset(words));
      setText(byId('desk-next', HTMLElement), next ? `Next: ${next}` : 'This is the last scene.');
    },
  };
}

function beganBefore() {
  try {
    return Number(sessionStorage.getItem(BEGAN));
  } catch {
    return 0;
  }
}

/** Such as 1:02:03, or 2:03. @param {number} ms */
function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}
