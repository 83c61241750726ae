/** A wasm module that is part of the sources in base64. */
export const wasmBytes = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
