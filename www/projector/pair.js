// The name of a pair of windows. The lecturer's window keeps it over a reload; a copy of the window,
// which comes with the same storage, takes another.

/** The name in the session's storage. */
const PAIR = 'ravine.pair';
/** So long an older window has to say that the name is its own. */
const CLAIM_MS = 300;

/** @typedef {{says: 'whose', from: string} | {says: 'mine', to: string}} Claim */

/** The name that the window had before it was loaded anew; empty if it had none. */
export function pairBefore() {
  const named = /^ravine-lecturer-(\w+)$/.exec(window.name)?.[1] ?? '';
  try {
    return sessionStorage.getItem(PAIR) ?? named;
  } catch {
    return named;
  }
}

/** A name that no other window has, and that a reload finds again. */
export function newPair() {
  const pair = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join('');
  try {
    sessionStorage.setItem(PAIR, pair);
  } catch {
    // Without storage the window's own name keeps it.
    if (!window.name) window.name = `ravine-lecturer-${pair}`;
  }
  return pair;
}

/**
 * Asks whether another window has this name, and from now on answers whoever asks.
 * @param {string} pair
 * @param {(isMine: boolean) => void} settled is told what came out; a late answer may take it back
 */
export function claimPair(pair, settled) {
  let isMine = false;
  const self = String(Math.random());
  /** @type {BroadcastChannel} */
  let channel;
  try {
    channel = new BroadcastChannel(`ravine.pair.${pair}`);
  } catch {
    settled(true);
    return;
  }
  /** @param {Claim} claim */
  const say = (claim) => channel.postMessage(claim);
  const timer = setTimeout(() => {
    isMine = true;
    settled(true);
  }, CLAIM_MS);
  channel.onmessage = (/** @type {MessageEvent<Claim>} */ { data }) => {
    if (data.says === 'whose' && isMine) say({ says: 'mine', to: data.from });
    if (data.says !== 'mine' || data.to !== self) return;
    clearTimeout(timer);
    channel.close();
    settled(false);
  };
  say({ says: 'whose', from: self });
}
