// Making elements. Text is always text: the one way to markup is MathML from the core. Beside it:
// template.js, copies of what stands on the page several times; sheet.js, what opens beside a button;
// notes.js, what the page says; download.js, files for the reader.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, properties = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/**
 * The element of the page with this id; index.html has them all.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}.`);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {Node[]} [children]
 */
export function svg(tag, attributes, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/**
 * The formulas in the core's MathML.
 * @param {string} mathml
 */
export function mathOf(mathml) {
  const { documentElement } = new DOMParser().parseFromString(mathml, 'text/html');
  return [...documentElement.querySelectorAll('math')].map((math) => document.importNode(math, true));
}

/**
 * Puts the core's MathML into an element, if it is another than the one there.
 * @param {HTMLElement} parent
 * @param {string} mathml
 */
export function showMath(parent, mathml) {
  if (shown.get(parent) === mathml) return;
  shown.set(parent, mathml);
  parent.replaceChildren(...mathOf(mathml));
}
/** @type {WeakMap<HTMLElement, string>} */
const shown = new WeakMap();

/**
 * @param {HTMLElement} list a dl
 * @param {[string, string][]} rows
 */
export function showRows(list, rows) {
  list.replaceChildren(...rows.flatMap(([label, value]) => [
    el('dt', { textContent: label }), el('dd', { textContent: value }),
  ]));
}

/**
 * Writes into the text that is there, if there is one: where nodes come and go, every rule with
 * `:has()` is asked again about everything around.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent === text) return;
  const [child, ...others] = element.childNodes;
  if (child instanceof Text && others.length === 0 && text !== '') child.data = text;
  else element.textContent = text;
}

/**
 * Puts a sentence of the core, typeset, in place of another, as [setText] does.
 * @param {Element} element
 * @param {string} text
 */
export function setSentence(element, text) {
  const pieces = typeset(text);
  const there = [...element.childNodes];
  if (there.length !== pieces.length || pieces.some(({ nodeName }, at) => nodeName !== there[at]?.nodeName)) {
    element.replaceChildren(...pieces);
    return;
  }
  pieces.forEach(({ textContent }, at) => {
    const old = there[at];
    if (old instanceof Element) setText(old, textContent ?? '');
    else if (old && old.textContent !== textContent) old.textContent = textContent;
  });
}

/**
 * A sentence of the core with its subscripts set, and the numbers it turns on in bold.
 * @param {string} text
 * @returns {Node[]}
 */
export function typeset(text) {
  return text.replace(/(\d) %/g, '$1\u00a0%').split(/(_\w+|(?<=\b(?:[Aa]bove|[Bb]elow|steps?|needs) )[\d.,]*\d(?:e[-−]?\d+)?)/).map((piece, index) => {
    if (index % 2 === 0) return document.createTextNode(piece);
    return piece.startsWith('_')
      ? el('sub', { textContent: piece.slice(1) })
      : el('b', { textContent: piece });
  });
}
