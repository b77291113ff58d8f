// The tools: a second core with what the page needs now and then, loaded when it is first asked for.

import { codeOf } from '../opening/parts.js';

/** @typedef {typeof import('../../tools/ravine.js')} Tools */

/** @type {Promise<Tools> | undefined} */
let loading;

/** What fails is tried again when it is asked for again. @returns {Promise<Tools>} */
export function toolsOf() {
  loading ??= import('../../tools/ravine.js').then(async (tools) => {
    await tools.default({ module_or_path: codeOf('tools/ravine_bg.wasm') });
    return tools;
  });
  loading.catch(() => { loading = undefined; });
  return loading;
}
