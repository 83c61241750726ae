export { combine } from "./affine/combine";
export { type ConvolutionParams, convolution } from "./affine/convolution";
export { denseOperator } from "./affine/dense-operator";
export { diagonal } from "./affine/diagonal";
export { gather, sameValues } from "./affine/gather";
export { type SparseRows, sparse, sparseRows } from "./affine/sparse";
export { builtins } from "./builtins";
export {
  type Chain,
  chain,
  definePlugin,
  type LayerPlugin,
  type OperatorSource,
  type OpReader,
  type OpRule,
  type Outputs,
  outputs,
  type Refusal,
  reading,
  refuse,
  type Step,
  shaped,
  type TfjsLayer,
  type TfjsLayerCall,
  type TfjsRules,
} from "./define-plugin";
export { type ReadNetworkFileOptions, readNetworkFile } from "./file/read-network-file";
export type { Reading, Refused } from "./file/reading";
export { writeNetworkFile } from "./file/write-network-file";
export { float16 } from "./params/float16";
export { type Padding, type Pair, padding, pair, real, vector, whole } from "./params/numbers";
export { anyRank, type NestedNumbers, nestedNumbers, readTensor, type Tensor, type TensorInput, tensor } from "./params/tensor";
export { constantAt, dataOf, unbatched, unbatchedAxis } from "./params/tfjs-operands";
export { type AnyPlugin, type KindsOf, type Registry, registry } from "./registry";
export type { MadeBy, TfjsAttributes, TfjsNode, TfjsValue } from "./tfjs-node";
