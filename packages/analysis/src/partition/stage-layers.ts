import { unitsOf } from "@maso/core";
import type { Group } from "./split-pools";
import type { Stages } from "./stages";

/** A quantizer of the network, or a ReLU and a max-pool that are one: cut by one stage, or by several that have some of its units each. */
export interface Layer {
  readonly id: string;
  readonly units: number;
}

/** The layers that stages cut. */
export interface StageLayers {
  readonly list: readonly Layer[];
  /** By stage that cuts. */
  readonly stages: readonly StageLayer[];
}

export interface StageLayer {
  readonly layer: number;
  /** The layer's unit that is the stage's first one. */
  readonly first: number;
  /** Whether the layer is cut when the stage is. */
  readonly isLast: boolean;
}

export function layersOf({ list }: Stages, groups: ReadonlyMap<number, Group>): StageLayers {
  const layers: Layer[] = [];
  const stages: StageLayer[] = [];
  for (const { node, id, quantizer } of list) {
    if (quantizer === null) continue;
    const { first, isLast } = groups.get(node) ?? { first: 0, isLast: true };
    stages.push({ layer: layers.length, first, isLast });
    if (isLast) layers.push({ id, units: first + unitsOf(quantizer).count });
  }
  return { list: layers, stages };
}

/** Of what is known by stage, what holds after each layer; of the layers that the first stages cut alone, if it is asked for. */
export function afterLayers<T>({ stages }: StageLayers, byStage: readonly T[], end = stages.length): T[] {
  return byStage.filter((_, stage) => stage < end && stages[stage]!.isLast);
}
