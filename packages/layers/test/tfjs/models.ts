import "@tensorflow/tfjs-backend-cpu";
import { identityError, inputSize, type Network, random } from "@maso/core";
import * as tf from "@tensorflow/tfjs-core";
import * as tfl from "@tensorflow/tfjs-layers";

export { tf, tfl };

/** Seeded weights for every layer of a model, so that no bias is 0 and every variance positive. */
export function seeded<Model extends tfl.LayersModel>(model: Model, seed = 1): Model {
  const { normal } = random(seed);
  model.setWeights(
    model.weights.map(({ shape, name }) => {
      const size = shape.reduce<number>((product, extent) => product * extent!, 1);
      const value = (): number => (name.includes("variance") ? 0.5 + Math.abs(normal()) : 0.5 * normal());
      return tf.tensor(Float32Array.from({ length: size }, value), shape as number[]);
    }),
  );
  return model;
}

/** A model of layers that follow one another. */
export function sequential(inputShape: number[], ...layers: tfl.layers.Layer[]): tfl.LayersModel {
  const input = tfl.input({ shape: inputShape });
  const output = layers.reduce<tfl.SymbolicTensor>((tensor, layer) => layer.apply(tensor) as tfl.SymbolicTensor, input);
  return seeded(tfl.model({ inputs: input, outputs: output }));
}

/** The identity error at a seeded point. */
export function identityAt(network: Network, seed = 5): number {
  const { normal } = random(seed);
  return identityError(network, Float64Array.from({ length: inputSize(network) }, normal));
}
