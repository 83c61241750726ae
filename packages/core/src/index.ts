export type {
  AffineForm,
  CombinationForm,
  ConvolutionForm,
  DiagonalForm,
  GatherForm,
  MatrixForm,
  RepeatedForm,
  SparseForm,
  TransposedConvolutionForm,
} from "./affine-form";
export { inverseTemperature, isHard } from "./beta";
export {
  type Estimate,
  type Exact,
  estimate,
  exact,
  type Lower,
  lower,
  ROUNDOFF,
  roundedUp,
  roundingBound,
  type Upper,
  upper,
} from "./bounds";
export type { Choice, Selection } from "./choice";
export { type Code, codeKey, codeUnits, hammingDistances, type LayerCode, sameCode } from "./code";
export type { Compute, ConvGeometry, MatmulDims } from "./compute/compute";
export { plainCompute } from "./compute/plain-compute";
export { type Derivative, derivative, jvp, vjp } from "./derivative";
export { type Facets, facets } from "./facets";
export { forward } from "./forward";
export { gain } from "./gain";
export { applyHead, type OutputPart, outputParts } from "./head";
export { identityError } from "./identity-error";
export { type Intervals, interval } from "./interval";
export { isContinuous } from "./is-continuous";
export { isMaso } from "./is-maso";
export { type LocalMap, localMap } from "./local-map";
export { mapOfCode } from "./map-of-code";
export { MasoError, type MasoErrorCode } from "./maso-error";
export { type Head, inputSize, type Network, type NetworkNode, type NetworkParts, network, outputShape, sourceShape } from "./network";
export { type BuildOperator, fromData, type NetworkData, type NodeData, toData } from "./network-data";
export type {
  AffineBody,
  AffineOperator,
  AffineTable,
  Elementwise,
  Indices,
  Norm,
  Operator,
  OperatorBody,
  Quantizer,
  QuantizerBody,
  Reads,
  Window,
} from "./operator";
export { quantize } from "./quantize";
export type { Quantized } from "./quantize-any";
export { affineTable, elementwise, pieceExists, type QuantizerData, quantizer, type TableNumbers, windowOutput } from "./quantizer";
export { type Random, random } from "./random";
export type { ComputeOptions } from "./run";
export { checkCount, checkShape, formatShape, type Rows, rowsOf, type Shape, sameShape, sizeOf, totalSize } from "./shape";
export { harden, soften, withBeta } from "./soften";
export { gatherEntries, type SparseVector, sparseVector } from "./sparse-vector";
export { encode, type Trace, trace } from "./trace";
export { type Units, unitsOf } from "./units";
