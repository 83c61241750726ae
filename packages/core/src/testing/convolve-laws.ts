import { roundingBound } from "../bounds";
import type { Compute, ConvGeometry } from "../compute/compute";
import { random } from "../random";
import { sizeOf } from "../shape";
import type { ComputeLaw } from "./compute-conformance";
import { expectCode, expectSame, expectWithinRounding } from "./expectations";
import { geometryOf, kernelSize, randomGeometries, specialGeometries } from "./geometries";
import { naiveConvolve, naiveConvolveAdjoint } from "./naive-convolve";
import { integers, normals } from "./numbers";

export const convolveLaws: readonly ComputeLaw[] = [
  {
    name: "convolve and its adjoint are the sums of their definition within rounding",
    check: ({ convolve, convolveAdjoint }) => {
      const source = random(21);
      for (const geometry of [...randomGeometries(source), ...specialGeometries]) {
        const rows = source.integer(4);
        const kernel = normals(source, kernelSize(geometry));
        const [x, u] = [normals(source, rows * sizeOf(geometry.input)), normals(source, rows * sizeOf(geometry.output))];
        const absolute = kernel.map(Math.abs);
        const [inputs, outputs] = [geometry.input[2], geometry.output[2]];
        expectWithinRounding(
          `convolve ${JSON.stringify(geometry)}`,
          convolve(x, kernel, geometry),
          naiveConvolve(x, kernel, geometry),
          naiveConvolve(x.map(Math.abs), absolute, geometry),
          kernel.length / outputs,
        );
        // Sums of the outputs of a group, and then of the taps: at most one rounding more than terms.
        expectWithinRounding(
          `convolveAdjoint ${JSON.stringify(geometry)}`,
          convolveAdjoint(u, kernel, geometry),
          naiveConvolveAdjoint(u, kernel, geometry),
          naiveConvolveAdjoint(u.map(Math.abs), absolute, geometry),
          kernel.length / inputs + 1,
        );
      }
    },
  },
  {
    name: "convolve and its adjoint satisfy ⟨A x, u⟩ = ⟨x, Aᵀ u⟩",
    check: ({ convolve, convolveAdjoint }) => {
      const source = random(22);
      for (const geometry of randomGeometries(source)) {
        const kernel = normals(source, kernelSize(geometry));
        const [x, u] = [normals(source, sizeOf(geometry.input)), normals(source, sizeOf(geometry.output))];
        const left = dot(convolve(x, kernel, geometry), u);
        const right = dot(x, convolveAdjoint(u, kernel, geometry));
        const scale = dot(convolve(x.map(Math.abs), kernel.map(Math.abs), geometry), u.map(Math.abs));
        const terms = kernelSize(geometry) + x.length + u.length;
        if (!(Math.abs(left - right) <= 2 * roundingBound(terms) * scale * (1 + roundingBound(2 * terms))))
          throw new Error(`${left} and ${right} for ${JSON.stringify(geometry)}`);
      }
    },
  },
  {
    name: "convolve and its adjoint give a row the same bits alone and among any others",
    check: (compute) => {
      const source = random(23);
      for (const geometry of [...randomGeometries(source), ...specialGeometries]) {
        const rows = 9;
        const kernel = normals(source, kernelSize(geometry));
        for (const { name, map, from, to } of mapsOf(compute, geometry)) {
          const x = normals(source, rows * from);
          const all = map(x, kernel);
          for (const [first, end] of [
            [0, 1],
            [4, 5],
            [8, 9],
            [1, 3],
            [2, 9],
          ] as const) {
            const part = map(x.slice(first * from, end * from), kernel);
            expectSame(`${name} of rows ${first} to ${end}, ${JSON.stringify(geometry)}`, part, all.slice(first * to, end * to));
          }
        }
      }
    },
  },
  {
    name: "convolve and its adjoint of a batch beyond any block are those of its rows",
    check: (compute) => {
      const source = random(26);
      for (const groups of [1, 2, 4]) {
        const geometry = geometryOf({ input: [5, 4, 4], kernel: [3, 2], outputs: 4, groups, strides: [1, 2] });
        const rows = 7001;
        const kernel = normals(source, kernelSize(geometry));
        for (const { name, map, from, to } of mapsOf(compute, geometry)) {
          const x = normals(source, rows * from);
          const all = map(x, kernel);
          for (let row = 0; row < rows; row += 500)
            expectSame(`${name} of row ${row}`, map(x.slice(row * from, (row + 1) * from), kernel), all.slice(row * to, (row + 1) * to));
        }
      }
    },
  },
  {
    name: "convolve and its adjoint are exact on small integers, and nothing on no rows",
    check: ({ convolve, convolveAdjoint }) => {
      const source = random(24);
      for (const geometry of specialGeometries) {
        const kernel = integers(source, kernelSize(geometry));
        const [x, u] = [integers(source, 3 * sizeOf(geometry.input)), integers(source, 3 * sizeOf(geometry.output))];
        const plus = (values: Float64Array): Float64Array => values.map((value) => value + 0);
        expectSame("convolve", convolve(x, kernel, geometry), plus(naiveConvolve(x, kernel, geometry)));
        expectSame("convolveAdjoint", convolveAdjoint(u, kernel, geometry), plus(naiveConvolveAdjoint(u, kernel, geometry)));
        for (const map of [convolve, convolveAdjoint])
          expectSame("no rows", map(new Float64Array(0), kernel, geometry), new Float64Array(0));
      }
    },
  },
  {
    name: "convolve and its adjoint let NaN through to what reads it and to nothing else",
    check: ({ convolve, convolveAdjoint }) => {
      const source = random(25);
      for (const groups of [1, 2, 4]) {
        const geometry = geometryOf({ input: [14, 13, 4], kernel: [3, 2], outputs: 4, groups, strides: [2, 1] });
        const kernel = normals(source, kernelSize(geometry));
        const [x, u] = [normals(source, sizeOf(geometry.input)), normals(source, sizeOf(geometry.output))];
        x[253] = Number.NaN;
        u[117] = Number.NaN;
        const nan = (values: Float64Array): Uint8Array => Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
        expectSame("convolve", nan(convolve(x, kernel, geometry)), nan(naiveConvolve(x, kernel, geometry)));
        expectSame("convolveAdjoint", nan(convolveAdjoint(u, kernel, geometry)), nan(naiveConvolveAdjoint(u, kernel, geometry)));
      }
    },
  },
  {
    name: "convolve and its adjoint change no argument",
    check: (compute) => {
      const source = random(27);
      const padding = [
        [1, 1],
        [1, 1],
      ] as const;
      for (const groups of [1, 2, 8]) {
        const geometry = geometryOf({ input: [9, 9, 8], kernel: [3, 3], outputs: 8, groups, padding });
        const kernel = normals(source, kernelSize(geometry));
        for (const { map, from } of mapsOf(compute, geometry)) {
          const x = normals(source, 3 * from);
          const [before, kernelBefore] = [x.slice(), kernel.slice()];
          map(x, kernel);
          expectSame("rows", x, before);
          expectSame("kernel", kernel, kernelBefore);
        }
      }
    },
  },
  {
    name: "convolve and its adjoint refuse arrays and geometries that do not fit",
    check: (compute) => {
      const geometry = geometryOf({ input: [5, 5, 2], kernel: [3, 3], outputs: 4 });
      const kernel = new Float64Array(72);
      for (const { name, from, to } of mapsOf(compute, geometry)) {
        const map = compute[name];
        expectSame(name, map(new Float64Array(from), kernel, geometry), new Float64Array(to));
        expectCode("shape", () => map(new Float64Array(from + 1), kernel, geometry));
        expectCode("shape", () => map(new Float64Array(from), kernel.slice(1), geometry));
        expectCode("shape", () => map(new Float64Array(from), kernel, { ...geometry, output: [4, 3, 4] }));
        expectCode("shape", () => map(new Float64Array(from), kernel, { ...geometry, groups: 3 }));
      }
    },
  },
];

/** Both maps of a geometry, with the values of a row that they read and make. */
function mapsOf(compute: Compute, geometry: ConvGeometry) {
  const [input, output] = [sizeOf(geometry.input), sizeOf(geometry.output)];
  return [
    { name: "convolve", map: (x: Float64Array, kernel: Float64Array) => compute.convolve(x, kernel, geometry), from: input, to: output },
    {
      name: "convolveAdjoint",
      map: (u: Float64Array, kernel: Float64Array) => compute.convolveAdjoint(u, kernel, geometry),
      from: output,
      to: input,
    },
  ] as const;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
