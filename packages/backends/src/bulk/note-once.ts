const noted = new Set<string>();

/** Says once per kind that it runs without a bulk kernel. */
export function noteOnce(kind: string): void {
  if (noted.has(kind)) return;
  noted.add(kind);
  console.warn(`maso: ${kind} has no bulk kernel and runs its plain version; give the operator a form to make it faster`);
}
