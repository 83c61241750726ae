import { MasoError } from "@maso/core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { rowWords, type Section } from "../sections";
import type { HammingKernel } from "./register-hamming-distances";

/** What the kernel uses of TensorFlow.js's webgpu backend. */
export interface WebgpuBackend {
  runWebGPUProgram(program: Program, inputs: TensorInfo[], dtype: string): TensorInfo;
}

interface Program {
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly dispatchLayout: { readonly x: number[]; readonly y: number[] };
  readonly dispatch: [number, number, number];
  readonly workgroupSize: [number, number, number];
  readonly variableNames: string[];
  readonly getUserCode: () => string;
}

/** Rows of a and of b that a workgroup compares, and words that it holds of each at a time. */
const TILE = 16;
const MOST_GROUPS = 65_535;

export const webgpuKernel: HammingKernel<WebgpuBackend> = ({ a, b }, { sections }, backend) => {
  const [rows, columns] = [a.shape[0]!, b.shape[0]!];
  const groups = [rows, columns].map((count) => Math.ceil(count / TILE)) as [number, number];
  if (groups.some((count) => count > MOST_GROUPS))
    throw new MasoError(
      "too-large",
      `HammingDistances: ${rows} and ${columns} rows; at most ${MOST_GROUPS * TILE} each are supported on webgpu`,
    );
  const program: Program = {
    outputShape: [rows, columns],
    shaderKey: `HammingDistances ${sections.map(({ bits, words }) => `${words}x${bits}`).join()}`,
    dispatchLayout: { x: [1], y: [0] },
    dispatch: [groups[1], groups[0], 1],
    workgroupSize: [TILE, TILE, 1],
    variableNames: ["A", "B"],
    getUserCode: () => shader(sections),
  };
  return backend.runWebGPUProgram(program, [a, b], "int32");
};

/** One pair of rows a thread. A workgroup takes the words of its rows into shared memory, as many at a time as it is wide. */
function shader(sections: readonly Section[]): string {
  const width = rowWords(sections);
  let start = 0;
  const loops = sections.map(({ bits, words }) => {
    start += words;
    return `
      for (var at = ${start - words}; at < ${start}; at += ${TILE}) {
        take(vec2<i32>(first.y + local.y, first.x + local.y), at + local.x, ${start});
        workgroupBarrier();
        for (var word = 0; word < ${TILE}; word++) {
          count += ${unitsOf[bits]}(aWords[local.y][word] ^ bWords[local.x][word]);
        }
        workgroupBarrier();
      }`;
  });
  return `
    var<workgroup> aWords: array<array<u32, ${TILE}>, ${TILE}>;
    var<workgroup> bWords: array<array<u32, ${TILE}>, ${TILE}>;

    // Beyond the section and beyond the rows there are zeros, which agree.
    fn take(row: vec2<i32>, word: i32, end: i32) {
      let local = vec2<i32>(localId.xy);
      var words = vec2<u32>(0u);
      if (word < end && row.x < uniforms.outShape.x) { words.x = bitcast<u32>(A[row.x * ${width} + word]); }
      if (word < end && row.y < uniforms.outShape.y) { words.y = bitcast<u32>(B[row.y * ${width} + word]); }
      aWords[local.y][local.x] = words.x;
      bWords[local.y][local.x] = words.y;
    }

    fn bitsThatDiffer(x: u32) -> u32 { return countOneBits(x); }

    // The highest bit of each byte that is not 0.
    fn bytesThatDiffer(x: u32) -> u32 { return countOneBits((((x & 0x7f7f7f7fu) + 0x7f7f7f7fu) | x) & 0x80808080u); }

    fn wordsThatDiffer(x: u32) -> u32 { return select(0u, 1u, x != 0u); }

    fn main() {
      let local = vec2<i32>(localId.xy);
      let first = vec2<i32>(workgroupId.xy) * ${TILE};
      var count = 0u;
      ${loops.join("")}
      let at = vec2<i32>(globalId.xy);
      if (at.y < uniforms.outShape.x && at.x < uniforms.outShape.y) {
        result[at.y * uniforms.outShape.y + at.x] = i32(count);
      }
    }`;
}

const unitsOf = { 1: "bitsThatDiffer", 8: "bytesThatDiffer", 32: "wordsThatDiffer" } as const;
