import type { RowKernels } from "@maso/core/compute";
import { FaceCutter } from "./cut-faces";
import { cutInKernel } from "./cut-in-kernel";
import type { Cuts } from "./cuts";
import type { BoundedRows } from "./given-inputs";
import type { Mesh } from "./mesh";
import type { Settler } from "./settle";
import { settleTies } from "./settle-ties";
import { type SignBits, VertexSigns } from "./vertex-signs";

export interface CutFaces {
  /** The parts of each face of the mesh, face after face. */
  readonly faces: Int32Array;
  /** The face that each is part of. */
  readonly parents: Int32Array;
  /**
   * Signs of the cuts of units of one value on each face: bit c of row f is set where cut c is positive (negative) inside. [faces, words].
   * `negative` is null where no cut is zero all over a face: then it is what `positive` is not.
   */
  readonly positive: Uint32Array;
  readonly negative: Uint32Array | null;
  /** Of units with several values read: the place of the piece in the unit's rule, [faces, such units]. */
  readonly winners: Uint16Array;
}

export interface MeshToCut {
  readonly mesh: Mesh;
  readonly cuts: Cuts;
  readonly inputs: BoundedRows;
  readonly settler: Settler;
  /** A bound on the slope of any of the stage's inputs, in slice coordinates. */
  readonly steepest: number;
  /** Vertices that may be further off than this are placed exactly. */
  readonly mostOff: number;
  readonly kernels: RowKernels;
  /** Arrays that may be used: for signs at vertices, and on faces. */
  readonly unused: SignBits | undefined;
  readonly faceBits: Uint32Array | undefined;
}

/** Cuts the faces of a mesh along the cuts of one stage. */
export class MeshCutter {
  readonly signs: VertexSigns;
  private entered = -1;

  constructor(private readonly toCut: MeshToCut) {
    const { mesh, cuts, inputs, settler, steepest, kernels, unused } = toCut;
    this.signs = new VertexSigns(mesh, cuts, inputs, settler, steepest, kernels, unused);
  }

  /** Cuts the faces (all that the mesh has unless some are named); yields where a long job may pause. */
  *run(faces: ArrayLike<number> = firstNumbers(this.toCut.mesh.faces)): Generator<null, CutFaces> {
    const { toCut, signs } = this;
    yield* settleTies(toCut.mesh, signs, toCut.settler, faces);
    const cut = faces.length === toCut.mesh.faces ? yield* cutInKernel(toCut, signs) : null;
    return cut ?? (yield* new FaceCutter(toCut, signs).run(faces));
  }

  /** Says which face signs are asked about from now on, once all are cut. */
  enter(face: number): void {
    if (this.entered === face) return;
    this.entered = face;
    this.toCut.settler.enter(face);
    this.signs.values.enter(face);
  }
}

function firstNumbers(count: number): Int32Array {
  const numbers = new Int32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = i;
  return numbers;
}
