import { type AffineOperator, MasoError, sizeOf } from "@maso/core";
import { add, type Tensor2D, zeros } from "@tensorflow/tfjs-core";
import { alias } from "./affine/alias";
import type { BulkAffine } from "./affine/bulk-affine";
import { cut, join } from "./affine/join";
import { plainAffine } from "./affine/plain";
import { bulkForm } from "./affine/rules";
import type { Constants } from "./constants";
import type { BackendName } from "./kernels/register-kernels";
import { type Plan, type PlanNode, type PlannedAffine, readersOf } from "./plan/plan";
import { type Activation, activationOf, keepsCode } from "./quantizer/activation-of";
import { type BulkQuantizer, bulkQuantizer, type Freezing } from "./quantizer/bulk-quantizer";

/** A plan with its kernels. x is [rows, inputSize]. */
export interface BulkNetwork {
  forward(x: Tensor2D): Tensor2D;
  /** One packed code per quantizer, in order. */
  codes(x: Tensor2D): readonly Tensor2D[];
  /** Every quantizer frozen at x, by node of the plan. */
  freeze(x: Tensor2D, freezing: Freezing): readonly (Tensor2D | undefined)[];
  /** The frozen network at v, `group` rows for each frozen row; with biases, or its linear part. */
  apply(frozen: readonly (Tensor2D | undefined)[], v: Tensor2D, group: number, withBias: boolean): Tensor2D;
  adjoint(frozen: readonly (Tensor2D | undefined)[], u: Tensor2D, group: number): Tensor2D;
}

type BulkNode =
  | { readonly affine: BulkAffine; readonly quantizer?: never }
  | { readonly quantizer: BulkQuantizer; readonly affine?: never };

/** `onPlain` is told of operators that have no kernels. */
export function bulkNetwork(plan: Plan, constants: Constants, backend: BackendName, onPlain: (kind: string) => void): BulkNetwork {
  const { inputs, nodes, output } = plan;
  const sizes = inputs.map(sizeOf);
  const bulk = nodes.map(
    ({ op }): BulkNode =>
      op.type === "quantizer"
        ? { quantizer: bulkQuantizer(op, constants, backend) }
        : { affine: bulkAffine(op, constants, backend, onPlain) },
  );
  const last = nodes.reduce((at, { op }, n) => (op.type === "quantizer" ? n : at), -1);
  const uses = readersOf(plan);
  const activations = activationsOf(plan, bulk, uses);
  const keeping = new Map([...activations].filter(([, activation]) => keepsCode(activation)));

  /** Runs nodes up to `until`; `quantize` makes a quantizer's values of its joined inputs, which are those values where `done`. */
  function run(
    x: Tensor2D,
    until: number,
    withBias: boolean,
    activations: ReadonlyMap<number, Activation>,
    quantize: (quantizer: BulkQuantizer, v: Tensor2D, n: number, done: boolean) => Tensor2D | null,
  ): (Tensor2D | null)[] {
    const values: (Tensor2D | null)[] = [...cut(x, sizes, 1)];
    const left = [...uses];
    for (let n = 0; n <= until; n++) {
      const { from } = nodes[n]!;
      const sources = from.map((source) => values[source]!);
      const { affine, quantizer } = bulk[n]!;
      if (affine) {
        const activation = activations.get(n);
        values[inputs.length + n] = activation ? affine.activated!(sources, activation) : affine.apply(sources, withBias);
      } else {
        const v = join(sources, 1);
        values[inputs.length + n] = quantize(quantizer, v, n, activations.has(from[0]! - inputs.length));
        v.dispose();
      }
      for (const source of from) {
        left[source]!--;
        if (left[source] !== 0) continue;
        values[source]?.dispose();
        values[source] = null;
      }
    }
    return values;
  }

  /** Runs up to the last quantizer; `soft` makes what soft units are held at; `see` is shown that, and the codes of hard ones. */
  function pass(x: Tensor2D, soft: (quantizer: BulkQuantizer, v: Tensor2D) => Tensor2D, see: (held: Tensor2D, n: number) => void): void {
    run(x, last, true, keeping, (quantizer, v, n, done) => {
      if (quantizer.hard && !done && n !== last) {
        const [code, values] = quantizer.select(v);
        see(code, n);
        return values;
      }
      see(quantizer.hard ? quantizer.code(v) : soft(quantizer, v), n);
      if (n === last) return null;
      return done ? alias(v) : quantizer.values(v);
    });
  }

  return {
    forward: (x) =>
      run(x, nodes.length - 1, true, activations, (quantizer, v, _, done) => (done ? alias(v) : quantizer.values(v)))[output]!,
    codes: (x) => {
      const codes: Tensor2D[] = [];
      pass(
        x,
        (quantizer, v) => quantizer.code(v),
        (code) => codes.push(code),
      );
      return codes;
    },
    freeze: (x, freezing) => {
      const frozen: (Tensor2D | undefined)[] = [];
      pass(
        x,
        (quantizer, v) => quantizer.freeze(v, freezing),
        (held, n) => {
          frozen[n] = held;
        },
      );
      return frozen;
    },
    apply: (frozen, v, group, withBias) =>
      run(v, nodes.length - 1, withBias, new Map(), (quantizer, each, n) => quantizer.apply(each, frozen[n]!, group, withBias))[output]!,
    adjoint: (frozen, u, group) => {
      const gathered: (Tensor2D | undefined)[] = [];
      gathered[output] = alias(u);
      for (let n = nodes.length - 1; n >= 0; n--) {
        const own = gathered[inputs.length + n];
        if (own === undefined) continue;
        gathered[inputs.length + n] = undefined;
        nodeAdjoint(nodes[n]!, bulk[n]!, own, frozen[n], group).forEach((part, i) => {
          const source = nodes[n]!.from[i]!;
          gathered[source] = gathered[source] === undefined ? part : added(gathered[source]!, part);
        });
        own.dispose();
      }
      return join(
        sizes.map((size, i) => gathered[i] ?? zeros([u.shape[0], size])),
        1,
      );
    },
  };
}

/** By affine node, the quantizer behind it, where that is an activation and nobody else reads what it reads: one kernel makes both. */
function activationsOf({ inputs, nodes }: Plan, bulk: readonly BulkNode[], uses: readonly number[]): ReadonlyMap<number, Activation> {
  const found = new Map<number, Activation>();
  nodes.forEach(({ op, from }) => {
    const before = from[0]! - inputs.length;
    if (op.type !== "quantizer" || from.length !== 1 || uses[from[0]!] !== 1 || !bulk[before]?.affine?.activated) return;
    const activation = activationOf(op);
    if (activation) found.set(before, activation);
  });
  return found;
}

function bulkAffine(op: PlannedAffine, constants: Constants, backend: BackendName, onPlain: (kind: string) => void): BulkAffine {
  const context = { inputs: op.inputs, output: op.output, bias: op.bias, constants, backend };
  const { form } = op;
  if (form.type !== "affine") return bulkForm(form, context);
  onPlain((form as AffineOperator).kind);
  return plainAffine(form as AffineOperator, context);
}

function nodeAdjoint({ op }: PlanNode, bulk: BulkNode, u: Tensor2D, frozen: Tensor2D | undefined, group: number): readonly Tensor2D[] {
  if (bulk.affine) return bulk.affine.adjoint(u);
  if (frozen === undefined) throw new MasoError("shape", "adjoint: a quantizer is not frozen");
  const back = bulk.quantizer.adjoint(u, frozen, group);
  const parts = cut(back, op.inputs.map(sizeOf), 1);
  back.dispose();
  return parts;
}

/** The sum in place of both. */
function added(a: Tensor2D, b: Tensor2D): Tensor2D {
  const sum = add(a, b) as Tensor2D;
  a.dispose();
  b.dispose();
  return sum;
}
