/** Adds values to those from a place on. */
export function addTo(values: Float64Array, at: number, more: Float64Array): void {
  for (let k = 0; k < more.length; k++) values[at + k]! += more[k]!;
}
