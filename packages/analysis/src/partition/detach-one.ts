/**
 * Detaches an array. V8 compiles code on typed arrays for an isolate in which none has ever been detached, and throws it all away at the
 * first that is: so a thread that hands arrays over does this before it begins.
 */
export function detachOne(): void {
  const buffer = new ArrayBuffer(1);
  structuredClone(buffer, { transfer: [buffer] });
}
