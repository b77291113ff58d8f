// Where the parts of the page are that are no modules: the code of the core and of the tools, workers,
// lessons. On a site they are files; a single file has them within, and offline/starter.js says so
// before any module runs.

/**
 * What a single file has within. Parts have the names of the site's files.
 * @typedef {object} Within
 * @property {(name: string) => Promise<BufferSource>} bytes of a part
 * @property {(name: string) => Worker} worker that runs a module
 * @property {{name: string, text: string} | null} lesson
 * @property {string} source the file itself
 */

/** What this page has within, if it is a single file. */
export const within = () => /** @type {{within?: Within}} */ (globalThis).within;

/** @param {string} name */
const place = (name) => new URL(`../../${name}`, import.meta.url);

/** The compiled code of a part. @param {string} name */
export async function codeOf(name) {
  const file = within();
  if (file) return WebAssembly.compile(await file.bytes(name));
  // Where the host does not say that it is WebAssembly, it is compiled once it is there.
  return WebAssembly.compileStreaming(fetch(place(name))).catch(async () => {
    const answer = await fetch(place(name));
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText} at ${place(name)}`);
    return WebAssembly.compile(await answer.arrayBuffer());
  });
}

/** A worker that runs a module. @param {string} name */
export const workerOf = (name) => within()?.worker(name) ?? new Worker(place(name), { type: 'module' });
