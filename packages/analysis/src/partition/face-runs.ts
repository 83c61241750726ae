/** Runs of so few faces are worth a start, and of more they are the parts of a trunk. */
const LEAST_FACES = 64;
/** Parts are enough for all threads to have several. */
const PARTS = 24;
/** Parts of each length at either end, and how much longer those of the next length are. */
const ALIKE = 2;
const GROWTH = 4;

/** As few runs of at most `most` faces as there can be, all about as long: where each begins, and the last ends. */
export function evenRuns(faces: number, most: number): Int32Array {
  const runs = Math.max(1, Math.ceil(faces / most));
  return Int32Array.from({ length: runs + 1 }, (_, run) => Math.ceil((run * faces) / runs));
}

/**
 * Runs that are the parts of a trunk. The first ones are short, since code that an engine sees at work on little is compiled for what
 * comes, and code that begins with much in the midst of it, and again; and so are the last ones, since the last thread to be done is
 * waited for.
 */
export function partRuns(faces: number, most: number): Int32Array {
  if (most === Infinity) return evenRuns(faces, most);
  const length = Math.min(most, Math.max(LEAST_FACES, Math.ceil(faces / PARTS)));
  const starts = [0];
  let next = 0;
  for (let each = LEAST_FACES; each < length; each *= GROWTH)
    for (let i = 0; i < ALIKE; i++) {
      next += each;
      starts.push(next);
    }
  const ends = starts.map((start) => faces - start).reverse();
  return Int32Array.from([...starts.slice(0, -1), ...evenRuns(faces - 2 * next, length).map((at) => next + at), ...ends.slice(1)]);
}
