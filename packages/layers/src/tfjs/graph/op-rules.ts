import { MasoError } from "@maso/core";
import type { LayerPlugin, OpReader, OpRule } from "../../define-plugin";

export interface KnownRule {
  readonly kind: string;
  readonly anyLayout: boolean;
  readonly read: OpReader<unknown>;
}

export interface OpRules {
  readonly ops: ReadonlyMap<string, KnownRule>;
  /** Several plugins may look for patterns that end in the same op. */
  readonly patterns: ReadonlyMap<string, readonly KnownRule[]>;
}

/** The rules of all plugins by op. Throws "duplicate-kind" where two claim one op. */
export function collectOpRules(plugins: ReadonlyMap<string, LayerPlugin>): OpRules {
  const ops = new Map<string, KnownRule>();
  const patterns = new Map<string, KnownRule[]>();
  for (const { kind, tfjs } of plugins.values()) {
    for (const [op, rule] of Object.entries(tfjs?.ops ?? {})) {
      const other = ops.get(op);
      if (other)
        throw new MasoError("duplicate-kind", `registry: the plugins ${other.kind} and ${kind} both claim the op ${op}; one needs to go`);
      ops.set(op, known(kind, rule));
    }
    for (const [op, rule] of Object.entries(tfjs?.patterns ?? {})) patterns.set(op, [...(patterns.get(op) ?? []), known(kind, rule)]);
  }
  return { ops, patterns };
}

function known(kind: string, rule: OpRule<unknown>): KnownRule {
  return typeof rule === "function" ? { kind, anyLayout: false, read: rule } : { kind, anyLayout: true, read: rule.anyLayout };
}
