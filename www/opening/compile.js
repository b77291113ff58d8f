// The core's code, compiled while it arrives: it is on its way before the modules that need it are.

const place = new URL('../../core/ravine_bg.wasm', import.meta.url);

/** Where the host does not say that it is WebAssembly, it is compiled once it is there. */
export const compiled = WebAssembly.compileStreaming(fetch(place)).catch(async () => {
  const answer = await fetch(place);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText} at ${place}`);
  return WebAssembly.compile(await answer.arrayBuffer());
});
