import type { AffineOperator, Rows } from "@maso/core";
import { plainCompute, totalSize } from "@maso/core";
import { allowed, dense, denseRows, operations } from "../rounding";
import type { Subject } from "../subject";
import { absoluteDot, close, dot, isAffine, type Law, same } from "./law";

const operatorOf = ({ op }: Subject): AffineOperator => op as AffineOperator;

/** x cut into one array per input. */
function split(op: AffineOperator, x: Rows): readonly Rows[] {
  let offset = 0;
  return op.inputs.map((shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    offset += size;
    return x.slice(offset - size, offset);
  });
}

export const affineLaws: readonly Law[] = [
  {
    name: "the action is that of its rows",
    appliesTo: isAffine,
    check(subject, { v }) {
      const op = operatorOf(subject);
      const action = op.linear(split(op, v), plainCompute);
      denseRows(op).forEach((row, k) => close(`(A v)[${k}]`, action[k]!, dot(row, v), allowed(operations(subject), absoluteDot(row, v))));
    },
  },
  {
    name: "rows and columns are those of one matrix",
    appliesTo: isAffine,
    check(subject) {
      const op = operatorOf(subject);
      const rows = denseRows(op);
      for (let j = 0; j < totalSize(op.inputs); j++)
        same(
          `column ${j}`,
          dense(op.column(j), rows.length),
          rows.map((row) => row[j]!),
        );
    },
  },
  {
    name: "|A| r is that of its rows",
    appliesTo: (subject) => isAffine(subject) && operatorOf(subject).magnitude !== undefined,
    check(subject, { v }) {
      const op = operatorOf(subject);
      const r = v.map(Math.abs);
      const magnitude = op.magnitude!(split(op, r), plainCompute);
      denseRows(op).forEach((row, k) =>
        close(`(|A| r)[${k}]`, magnitude[k]!, absoluteDot(row, r), allowed(operations(subject), absoluteDot(row, r))),
      );
    },
  },
];
