import {
  type AffineBody,
  MasoError,
  type Operator,
  type OperatorBody,
  type Quantizer,
  quantizer,
  type Shape,
  type SparseVector,
  sizeOf,
} from "@maso/core";
import { optional, strictObject, string, unknown } from "valibot";
import { chain, definePlugin, isRefusal, type OperatorSource } from "../define-plugin";
import { oneInput } from "../params/image-shape";

/** One layer applied to every slice along the first axis: [times, ...] becomes [times, ...]. */
export const timeDistributed = definePlugin({
  kind: "time-distributed",
  params: strictObject({
    layer: strictObject(
      { kind: string("expected the name of a kind"), params: optional(unknown()) },
      "expected a layer: its kind and its params",
    ),
  }),
  build: ({ layer }, inputs, layers): OperatorBody => {
    const [times, ...slice] = oneInput(inputs);
    if (times === undefined) throw new MasoError("shape", "a single number has no first axis; the input needs one");
    const inner = innerOperator(layer, slice, layers);
    return inner.type === "affine" ? repeatedAffine(inner, times) : repeatedQuantizer(inner, times);
  },
  tfjs: {
    layers: {
      TimeDistributed: ({ config }, call) => {
        const inner = call.inner(config.layer);
        if (isRefusal(inner)) return inner;
        return chain(
          ...inner.steps.map(({ kind, params, from }) => ({ kind: "time-distributed", params: { layer: { kind, params } }, from })),
        );
      },
    },
  },
});

function innerOperator(
  { kind, params }: { readonly kind: string; readonly params?: unknown },
  slice: Shape,
  layers: OperatorSource,
): Operator {
  try {
    return layers.operator(kind, params, [slice]);
  } catch (error) {
    if (!(error instanceof MasoError)) throw error;
    const { cause } = error;
    if (!(cause instanceof MasoError)) throw new MasoError(error.code, error.message, { cause: error, at: "layer.kind" });
    const at = cause.at === undefined ? "layer" : `layer.params.${cause.at}`;
    throw new MasoError(cause.code, cause.message, { cause: error, at });
  }
}

/** Rows of slices are rows of the inner operator: only its matrix's entries move, one block down and across for each slice. */
function repeatedAffine(inner: AffineBody, times: number): AffineBody {
  const input = inner.inputs[0]!;
  const [width, height] = [sizeOf(input), sizeOf(inner.output)];
  const moved = ({ indices, values }: SparseVector, by: number): SparseVector => ({ indices: indices.map((i) => i + by), values });
  return {
    ...inner,
    inputs: [[times, ...input]],
    output: [times, ...inner.output],
    form: inner.form && { type: "repeated", times, of: inner.form },
    row: (k) => moved(inner.row(k % height), Math.floor(k / height) * width),
    column: (j) => moved(inner.column(j % width), Math.floor(j / width) * height),
  };
}

/** Windows do not reach into other slices; tables repeat by themselves. */
function repeatedQuantizer({ inputs, output, reads, pieces, selectors, beta }: Quantizer, times: number): OperatorBody {
  const input = inputs[0]!;
  const repeated = { inputs: [[times, ...input]], output: [times, ...output], pieces, selectors, beta };
  if (reads.type === "elementwise") return quantizer({ ...repeated, reads });
  if (reads.type === "window") {
    const { size, strides, dilations, padding } = reads;
    return quantizer({
      ...repeated,
      reads: { type: "window", size: [1, ...size], strides: [1, ...strides], dilations: [1, ...dilations], padding: [[0, 0], ...padding] },
    });
  }
  const { table, arity } = reads;
  const width = sizeOf(input);
  const all = Int32Array.from({ length: times * table.length }, (_, i) => {
    const at = table[i % table.length]!;
    return at < 0 ? -1 : Math.floor(i / table.length) * width + at;
  });
  return quantizer({ ...repeated, reads: { type: "indices", arity, table: all } });
}
