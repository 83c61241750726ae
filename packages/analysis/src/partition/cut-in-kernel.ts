import type { CutFaces, MeshToCut } from "./cut-mesh";
import type { VertexSigns } from "./vertex-signs";

/**
 * Where every cut is one input, the kernels may cut all faces of a mesh, unless lines fall together: null, and all is as it was, where they
 * do not.
 */
export function* cutInKernel(
  { mesh, inputs, settler, kernels, mostOff, faceBits = NO_BITS }: MeshToCut,
  signs: VertexSigns,
): Generator<null, CutFaces | null> {
  if (!signs.cuts.areInputs || kernels.cutFaces === undefined) return null;
  const before = settler.begin();
  const firstLine = settler.nextLine;
  const parts = yield* kernels.cutFaces(mesh, {
    rows: inputs.rows,
    errors: inputs.errors,
    count: inputs.size,
    positive: signs.positive,
    negative: signs.negative,
    faceBits,
    firstLine,
    lineOffs: settler.lineOffs,
    addLine: (cut, face) => settler.addLine(cut, face),
    settle: (v, lineA, lineB, cut, face) => {
      settler.enter(face);
      signs.noteSettled(v, cut);
      return settler.signAt(v, lineA, lineB, cut);
    },
    mostOff,
  });
  if (parts === null) {
    signs.forgetSettled();
    settler.undo(before);
    return null;
  }
  signs.positive = parts.positive;
  signs.negative = parts.negative;
  for (let i = 0; i < parts.lineOffs.length; i++) settler.raiseOff(firstLine + i, parts.lineOffs[i]!);
  return { faces: parts.faces, parents: parts.parents, positive: parts.signs, negative: null, winners: new Uint16Array(0) };
}

const NO_BITS = new Uint32Array(0);
