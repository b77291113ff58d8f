// The core's code, compiled while it arrives: it is on its way before the modules that need it are.

import { codeOf } from './parts.js';

export const compiled = codeOf('core/ravine_bg.wasm');
