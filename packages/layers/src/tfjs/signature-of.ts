/** The signature of a graph-model: as tfjs does, that of the metadata goes before the file's own. */
export function signatureOf({
  signature,
  userDefinedMetadata,
}: {
  readonly signature?: unknown;
  readonly userDefinedMetadata?: unknown;
}): unknown {
  return (userDefinedMetadata as { readonly signature?: unknown } | null | undefined)?.signature ?? signature;
}
