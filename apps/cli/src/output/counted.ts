/** `1 layer`, `2 layers`, `1,000 layers` where numbers are grouped. */
export function counted(count: number, what: string, shown: string = String(count)): string {
  return `${shown} ${what}${count === 1 ? "" : "s"}`;
}
