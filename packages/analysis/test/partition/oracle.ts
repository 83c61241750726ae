import { type Network, type Quantizer, sizeOf, sourceShape } from "@maso/core";
import type { Slice } from "../../src/partition/slice";
import { areaOf, type ConvexPolygon, polygonOf } from "./convex-polygon";
import { combine, type Form, type Fraction, ONE, pointOf, S, T } from "./exact-plane";
import { measure, type OracleMeasures } from "./oracle-measures";
import { candidates, cellsOf, neededNodes, pairCandidates, pairs } from "./unit-cells";

/** The exact partition of a slice, by cutting polygons unit by unit in exact arithmetic. */
export interface OraclePartition extends OracleMeasures {
  readonly regions: readonly OracleRegion[];
  /** One entry per quantizer, or per ReLU and max-pool that count as one, in the order of the later of the two nodes. */
  readonly regionsAfterLayer: readonly number[];
  readonly window: ConvexPolygon;
}

export interface OracleRegion {
  readonly polygon: ConvexPolygon;
  /** By layer, the choice of each unit; of a ReLU and a max-pool that count as one 0, or one more than the place in the window. */
  readonly code: readonly (readonly number[])[];
  /** The region after layer l that this one lies in, numbered per layer. */
  readonly within: readonly number[];
  /** The outputs on the slice, exactly. */
  readonly outputs: readonly Form[];
  readonly area: number;
  readonly twiceArea: Fraction;
}

/** A polygon and what is known on it, while it is cut. */
interface Piece {
  readonly polygon: ConvexPolygon;
  /** By source: the exact forms of its values. */
  readonly forms: readonly (readonly Form[])[];
  readonly code: readonly (readonly number[])[];
  readonly within: readonly number[];
}

export function oracle(network: Network, slice: Slice): OraclePartition {
  const { nodes } = network;
  const needed = neededNodes(network);
  const firstOf = pairs(network, needed);
  const waiting = new Set(firstOf.values());
  const window = windowOf(slice);
  let pieces: readonly Piece[] = [{ polygon: window, forms: inputForms(network, slice), code: [], within: [] }];
  const regionsAfterLayer: number[] = [];
  nodes.forEach(({ op, from }, node) => {
    if (!needed.has(node) || waiting.has(node)) pieces = pieces.map((piece) => ({ ...piece, forms: [...piece.forms, []] }));
    else if (op.type === "affine") {
      const rows = Array.from({ length: sizeOf(op.output) }, (_, k) => ({ ...op.row(k), bias: op.bias[k % op.bias.length]! }));
      pieces = pieces.map((piece) => {
        const read = from.flatMap((source) => piece.forms[source]!);
        const values = rows.map(({ indices, values, bias }) =>
          combine([...[...values].map((value, i) => [value, read[indices[i]!]!] as const), [bias, ONE]]),
        );
        return { ...piece, forms: [...piece.forms, values] };
      });
    } else {
      const first = firstOf.get(node);
      pieces = pieces.flatMap((piece) => cutByLayer(piece, network, node, first));
      pieces = pieces.map((piece, i) => ({ ...piece, within: [...piece.within, i] }));
      regionsAfterLayer.push(pieces.length);
    }
  });
  const regions = pieces.map(({ polygon, code, within, forms }): OracleRegion => {
    const { twice, area } = areaOf(polygon);
    return { polygon, code, within, outputs: forms[network.output]!, area, twiceArea: twice };
  });
  return { regions, regionsAfterLayer, window, ...measure(regions, window) };
}

/** Cuts a polygon by the units of one quantizer, or of a pair whose first node is `first`. */
function cutByLayer(piece: Piece, { nodes }: Network, node: number, first: number | undefined): Piece[] {
  const last = nodes[node]!;
  const before = first === undefined ? last : nodes[first]!;
  const read = before.from.flatMap((source) => piece.forms[source]!);
  const pool = [last.op, before.op].find((op) => op.type === "quantizer" && op.pieces === "values") as Quantizer;
  let parts: { polygon: ConvexPolygon; choices: number[]; values: Form[] }[] = [{ polygon: piece.polygon, choices: [], values: [] }];
  for (let k = 0; k < sizeOf(last.op.output); k++) {
    const among = first === undefined ? candidates(last.op as Quantizer, k, read) : pairCandidates(pool, k, read);
    parts = parts.flatMap(({ polygon, choices, values }) =>
      cellsOf(polygon, among).map((cell) => ({
        polygon: cell.polygon,
        choices: [...choices, cell.used.choice],
        values: [...values, cell.used.value],
      })),
    );
  }
  return parts.map(({ polygon, choices, values }) => ({
    ...piece,
    polygon,
    forms: [...piece.forms, values],
    code: [...piece.code, choices],
  }));
}

function windowOf({ window }: Slice): ConvexPolygon {
  return polygonOf(Array.from({ length: window.length / 2 }, (_, i) => pointOf(window[2 * i]!, window[2 * i + 1]!)));
}

/** x = origin + s·axes[0] + t·axes[1], by input. */
function inputForms(network: Network, { origin, axes: [u, v] }: Slice): Form[][] {
  let at = 0;
  return network.inputs.map((_, input) =>
    Array.from({ length: sizeOf(sourceShape(network, input)) }, () => {
      const form = combine([
        [origin[at]!, ONE],
        [u[at]!, S],
        [v[at]!, T],
      ]);
      at++;
      return form;
    }),
  );
}
