/** The name, with primes where it is taken; it is taken then. */
export function freeId(ids: Set<string>, name: string): string {
  let id = name;
  while (ids.has(id)) id += "'";
  ids.add(id);
  return id;
}
