import { keep, type Tensor, tensor1d, tensor2d, tensor4d } from "@tensorflow/tfjs-core";

/** The tensors that a compiled network holds on to, until it is disposed of. */
export interface Constants {
  floats(values: ArrayLike<number>): Tensor;
  matrix(values: ArrayLike<number>, rows: number, columns: number): Tensor;
  filter(values: ArrayLike<number>, shape: readonly [number, number, number, number]): Tensor;
  integers(values: Int32Array): Tensor;
  dispose(): void;
}

export function constants(): Constants {
  const held: Tensor[] = [];
  const hold = <T extends Tensor>(tensor: T): T => {
    held.push(keep(tensor));
    return tensor;
  };
  return {
    floats: (values) => hold(tensor1d(Float32Array.from(values))),
    matrix: (values, rows, columns) => hold(tensor2d(Float32Array.from(values), [rows, columns])),
    filter: (values, shape) => hold(tensor4d(Float32Array.from(values), [...shape])),
    integers: (values) => hold(tensor1d(values, "int32")),
    dispose: () => {
      for (const tensor of held) tensor.dispose();
      held.length = 0;
    },
  };
}
