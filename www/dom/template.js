// What stands on the page several times is written once, as a <template> in index.html.

import { byId } from './element.js';

/**
 * A copy of a template.
 * @param {string} id of the template
 * @param {string} [name] gives each part the id `name-part`, and the unnamed one the id `name`
 */
export function copyOf(id, name) {
  const copy = document.importNode(byId(id, HTMLTemplateElement).content, true);
  const element = copy.firstElementChild;
  if (!(element instanceof HTMLElement)) throw new Error(`The template #${id} is empty.`);
  const parts = new Map([...copy.querySelectorAll('[data-part]')].map((part) => [part.getAttribute('data-part') ?? '', part]));
  for (const [key, part] of parts) {
    part.removeAttribute('data-part');
    if (name !== undefined) part.id = [name, key].filter(Boolean).join('-');
  }
  return {
    element,
    /**
     * The element with this `data-part`.
     * @template {Element} T
     * @param {string} key
     * @param {new () => T} kind
     * @returns {T}
     */
    part(key, kind) {
      const part = parts.get(key);
      if (!(part instanceof kind)) throw new Error(`The template #${id} has no ${kind.name} “${key}”.`);
      return part;
    },
  };
}
