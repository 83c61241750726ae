import { type Head, MasoError } from "@maso/core";
import { cutSource, type Draft, type DraftNode, listed } from "../draft/draft";
import type { DraftModel } from "./draft-layers";

export interface Chosen {
  readonly draft: Draft;
  readonly source: number;
  readonly head: Head | readonly (Head | null)[] | undefined;
  /** Which of the model's outputs the source stands for; null at a cut. */
  readonly outputs: readonly number[] | null;
}

/**
 * What to analyse: a cut, an output by name, or all outputs, flattened and laid end to end where there are several. A softmax, sigmoid
 * or tanh at the very end is left off and named as head. Throws "params" for an unknown name.
 */
export function chooseOutput(
  file: string,
  model: DraftModel,
  { cut, output }: { readonly cut?: string; readonly output?: string },
): Chosen {
  const { draft, outputs } = model;
  if (cut !== undefined) return { draft, source: model.named?.get(cut) ?? cutSource(file, draft, cut), head: undefined, outputs: null };
  const chosen = output === undefined ? outputs.map((_, i) => i) : [outputNamed(file, outputs, output)];
  const ends = chosen.map((i) => withoutHead(model, outputs[i]!.source));
  if (ends.length === 1) return { draft, source: ends[0]!.source, head: ends[0]!.head ?? undefined, outputs: chosen };
  const { draft: joined, source } = laidEndToEnd(
    file,
    draft,
    ends.map((end, i) => ({ name: outputs[chosen[i]!]!.name, source: end.source })),
  );
  return { draft: joined, source, head: ends.map(({ head }) => head), outputs: chosen };
}

function withoutHead({ heads }: DraftModel, source: number): { readonly source: number; readonly head: Head | null } {
  return heads.get(source) ?? { source, head: null };
}

/** Each output flattened, in a node called after it, and all of them joined. */
function laidEndToEnd(
  file: string,
  { inputs, nodes }: Draft,
  ends: readonly { readonly name: string; readonly source: number }[],
): { readonly draft: Draft; readonly source: number } {
  const node = (id: string, kind: string, from: readonly number[]): DraftNode => ({
    id,
    op: kind,
    where: `${file}: ${id}`,
    content: { kind, params: {} },
    from,
  });
  const before = (name: string, i: number): number => ends.slice(0, i).filter((end) => end.name === name).length;
  const flat = ends.map(({ name, source }, i) => {
    const twin = before(name, i);
    return node(`outputs/${name}${twin === 0 ? "" : `#${twin + 1}`}`, "flatten", [source]);
  });
  const first = inputs.length + nodes.length;
  const all = [
    ...nodes,
    ...flat,
    node(
      "outputs",
      "concat",
      flat.map((_, i) => first + i),
    ),
  ];
  return { draft: { inputs, nodes: all }, source: inputs.length + all.length - 1 };
}

function outputNamed(file: string, outputs: DraftModel["outputs"], name: string): number {
  const named = outputs.findIndex((each) => each.name === name);
  const index = named >= 0 ? named : outputs.findIndex(({ node }) => node === name);
  if (index < 0)
    throw new MasoError(
      "params",
      `${file}: there is no output ${JSON.stringify(name)}; there are ${listed(outputs.map((each) => each.name))}`,
    );
  return index;
}
