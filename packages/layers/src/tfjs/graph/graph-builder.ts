import { type Operator, type Shape, sameShape } from "@maso/core";
import type { Step } from "../../define-plugin";
import { appendSteps } from "../../draft/append-steps";
import type { DraftNode } from "../../draft/draft";
import { unbatched } from "../../params/tfjs-operands";
import type { Registry } from "../../registry";
import type { MadeBy, TfjsValue } from "../../tfjs-node";
import { type GraphData, isStraight, memoryShape, straight } from "./graph-value";

export interface NodeName {
  readonly id: string;
  readonly op: string;
  readonly where: string;
}

/** What steps made: its source, its shape in the network (without batch) and how it came about. */
export interface Built {
  readonly source: number;
  readonly shape: Shape;
  readonly madeBy: MadeBy | null;
}

/** The network that grows while a graph is read. Operators are built at once: later nodes need their shapes. */
export class GraphBuilder {
  readonly nodes: DraftNode[] = [];
  private readonly shapes: Shape[];
  private readonly ids = new Set<string>();
  /** What transposed values became where somebody needed them in order. */
  private readonly ordered = new Map<string, number>();

  constructor(
    private readonly inputs: readonly Shape[],
    private readonly layers: Pick<Registry, "operator">,
  ) {
    this.shapes = [...inputs];
  }

  shapeOf(source: number): Shape {
    return this.shapes[source]!;
  }

  /** Adds steps that read these values. Throws what the plugins throw, and then adds none. */
  append({ id, op, where }: NodeName, steps: readonly Step[], reads: readonly TfjsValue[]): Built {
    const first = this.inputs.length + this.nodes.length;
    const values: TfjsValue[] = [...reads];
    const shapes = reads.map(({ source }) => this.shapeOf(source!));
    const built: Operator[] = [];
    steps.forEach((step, i) => {
      const from = step.from ?? (i === 0 ? reads.map((_, r) => r) : [values.length - 1]);
      const operator = this.layers.operator(
        step.kind,
        step.params,
        from.map((at) => shapes[at]!),
      );
      built.push(operator);
      shapes.push(operator.output);
      const madeBy = { kind: step.kind, params: operator.params, inputs: from.map((at) => values[at]!) };
      values.push({ shape: [1, ...operator.output], constant: null, source: first + i, madeBy });
    });
    if (steps.length === 0) return { source: reads[0]!.source!, shape: shapes[0]!, madeBy: reads[0]!.madeBy };
    const contents = steps.map((content, i) => ({ op, content, built: built[i]! }));
    const source = appendSteps(
      this.nodes,
      this.inputs.length,
      { id: this.unique(id), where },
      contents,
      reads.map((value) => value.source!),
    );
    this.shapes.push(...built.map(({ output }) => output));
    return { source, shape: shapes.at(-1)!, madeBy: values.at(-1)!.madeBy };
  }

  /** Adds a node that is not built: refused, or behind something that is. The shape, without batch, is what later nodes are judged by. */
  appendOpaque({ id, op, where }: NodeName, content: DraftNode["content"], from: readonly number[], shape: Shape = []): number {
    this.shapes.push(shape);
    return appendSteps(this.nodes, this.inputs.length, { id: this.unique(id), where }, [{ op, content }], from);
  }

  /** The source of a value with its axes in order and its shape without batch: permuted or reshaped where it lies otherwise. */
  inOrder(value: GraphData): number {
    const key = `${value.source}/${value.shape.join()}/${value.layout.join()}`;
    const known = this.ordered.get(key);
    if (known !== undefined) return known;
    const source = this.addInOrder(value);
    this.ordered.set(key, source);
    return source;
  }

  private addInOrder(value: GraphData): number {
    const { source, shape, layout, via } = value;
    const wanted = unbatched(shape);
    const name = { id: via?.id ?? `${source}`, op: "Transpose", where: via?.where ?? "" };
    const reads = [{ shape, constant: null, source, madeBy: null }];
    const reshape = (to: Shape): Step => ({ kind: "reshape", params: { shape: to } });
    const isSame = (a: Shape): boolean => sameShape(a, wanted);
    if (movesNothing(value)) return isSame(this.shapeOf(source)) ? source : this.append(name, [reshape(wanted)], reads).source;
    const memory = memoryShape(value);
    const rank = shape.length;
    const batched = shape[0] === 1 && layout[0] === 0 && sameShape(this.shapeOf(source), memory.slice(1));
    const axes = straight(rank).map((axis) => layout.indexOf(axis));
    const steps: Step[] = batched
      ? [{ kind: "permute", params: { axes: axes.slice(1).map((axis) => axis - 1) } }]
      : [
          ...(sameShape(this.shapeOf(source), memory) ? [] : [reshape(memory)]),
          { kind: "permute", params: { axes } },
          ...(isSame(shape) ? [] : [reshape(wanted)]),
        ];
    return this.append(name, steps, reads).source;
  }

  private unique(id: string): string {
    let name = id;
    for (let n = 2; this.ids.has(name); n++) name = `${id}#${n}`;
    this.ids.add(name);
    return name;
  }
}

/** Only axes of one value change places. */
function movesNothing({ shape, layout }: GraphData): boolean {
  return isStraight(layout) || isAscending(layout.filter((axis) => shape[axis] !== 1));
}

function isAscending(axes: readonly number[]): boolean {
  return axes.every((axis, i) => i === 0 || axis > axes[i - 1]!);
}
