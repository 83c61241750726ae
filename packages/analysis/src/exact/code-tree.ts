import { sizeOf } from "@maso/core";
import type { Value } from "./evaluate";
import type { WholeNetwork } from "./whole-network";

/** Which piece each unit uses, by node index; undefined for affine nodes and for nodes not known. */
export type Choices = readonly (ArrayLike<number> | undefined)[];

/** Remembers frozen values by the codes of the quantizers before them, so that faces share what their first layers share. */
export interface CodeTree {
  /** By source, for those that stand before a node: the values known with the quantizers before it frozen. They may be added to. */
  known(choices: Choices, before: number): (Value | undefined)[][];
  /** Counts values that were added. */
  added(count: number): void;
}

/** The values known after a quantizer with one code, up to the next quantizer. */
interface Stage {
  /** A copy: callers may use their arrays again. */
  readonly choice: readonly number[] | undefined;
  /** By source. */
  readonly known: (Value | undefined)[][];
  /** Codes of the next quantizer, the last one used first. */
  readonly next: Stage[];
}

/** Past so many values, some 250 bytes each, all are forgotten; but those of one whole code, and of what another changes, are kept. */
const MOST_VALUES = 2 ** 17;
/** Codes of one quantizer that are remembered under one code of those before it. */
const MOST_CODES = 16;

export function codeTree({ network: { inputs, nodes } }: WholeNetwork): CodeTree {
  let root = stageOf(undefined);
  let values = 0;
  const whole = inputs.concat(nodes.map(({ op }) => op.output)).reduce((total, shape) => total + sizeOf(shape), 0);
  const most = Math.max(MOST_VALUES, 2 * whole);
  return {
    known(choices, before) {
      if (values > most) {
        root = stageOf(undefined);
        values = 0;
      }
      let stage = root;
      return Array.from({ length: inputs.length + before }, (_, source) => {
        const node = source - inputs.length;
        if (node >= 0 && nodes[node]!.op.type === "quantizer") stage = nextStage(stage, choices[node]);
        stage.known[source] ??= [];
        return stage.known[source];
      });
    },
    added(count) {
      values += count;
    },
  };
}

function stageOf(choice: ArrayLike<number> | undefined): Stage {
  return { choice: choice && Array.from(choice), known: [], next: [] };
}

function nextStage({ next }: Stage, choice: ArrayLike<number> | undefined): Stage {
  const at = next.findIndex((stage) => sameChoice(stage.choice, choice));
  const found = at < 0 ? stageOf(choice) : next[at]!;
  if (at !== 0) {
    if (at > 0) next.splice(at, 1);
    next.unshift(found);
    if (next.length > MOST_CODES) next.pop();
  }
  return found;
}

function sameChoice(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}
