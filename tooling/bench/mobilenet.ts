import { templates } from "@maso/analysis";
import { forward, identityError, outputShape, sizeOf } from "@maso/core";
import { readTfjs } from "@maso/layers/tfjs";
import { picture } from "../models/picture";
import { thirdPartyModel } from "../models/third-party-models";

/** Limits: templates of all five outputs of a MobileNetV2 at 224 × 224 cost at most 7 forward passes; its identity check takes at most a minute. */
const MOST_PASSES = 7;
const MOST_SECONDS = 60;

for (const name of ["nsfwjs-mobilenet-v2", "nsfwjs-mobilenet-v2-mid"] as const) {
  const { network } = await readTfjs(thirdPartyModel(name).folder(), { check: false });
  if (network === null) throw new Error(`${name} is refused`);
  const x = picture(network.inputs[0]!);
  const rows = Array.from({ length: sizeOf(outputShape(network)) }, (_, k) => k);
  // In turn, and the best of each, so that a machine that drifts or has other work favours neither side.
  let [pass, all] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < 6; run++) {
    pass = Math.min(
      pass,
      seconds(() => forward(network, x)),
      seconds(() => forward(network, x)),
    );
    all = Math.min(
      all,
      seconds(() => templates(network, x, { rows })),
    );
  }
  const identity = seconds(() => identityError(network, x));
  console.log(
    `${name}: a forward pass takes ${pass.toFixed(3)} s; templates of ${rows.length} outputs ${(all / pass).toFixed(2)} of them (limit ${MOST_PASSES}); ` +
      `the identity check ${identity.toFixed(1)} s (limit ${MOST_SECONDS})`,
  );
}

function seconds(action: () => unknown): number {
  const start = performance.now();
  action();
  return (performance.now() - start) / 1000;
}
