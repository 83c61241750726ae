import { abs } from "./kinds/abs";
import { add } from "./kinds/add";
import { average } from "./kinds/average";
import { avgPool1d } from "./kinds/avg-pool1d";
import { avgPool2d } from "./kinds/avg-pool2d";
import { batchNorm } from "./kinds/batch-norm";
import { broadcast } from "./kinds/broadcast";
import { clip } from "./kinds/clip";
import { concat } from "./kinds/concat";
import { conv1d } from "./kinds/conv1d";
import { conv2d } from "./kinds/conv2d";
import { conv2dTranspose } from "./kinds/conv2d-transpose";
import { crop2d } from "./kinds/crop2d";
import { dense } from "./kinds/dense";
import { depthToSpace } from "./kinds/depth-to-space";
import { depthwiseConv2d } from "./kinds/depthwise-conv2d";
import { flatten } from "./kinds/flatten";
import { globalAvgPool1d } from "./kinds/global-avg-pool1d";
import { globalAvgPool2d } from "./kinds/global-avg-pool2d";
import { globalMaxPool1d } from "./kinds/global-max-pool1d";
import { globalMaxPool2d } from "./kinds/global-max-pool2d";
import { groupSort } from "./kinds/group-sort";
import { identity } from "./kinds/identity";
import { leakyRelu } from "./kinds/leaky-relu";
import { max } from "./kinds/max";
import { maxPool1d } from "./kinds/max-pool1d";
import { maxPool2d } from "./kinds/max-pool2d";
import { maximum } from "./kinds/maximum";
import { maxout } from "./kinds/maxout";
import { mean } from "./kinds/mean";
import { min } from "./kinds/min";
import { minimum } from "./kinds/minimum";
import { pad } from "./kinds/pad";
import { permute } from "./kinds/permute";
import { prelu } from "./kinds/prelu";
import { relu } from "./kinds/relu";
import { reshape } from "./kinds/reshape";
import { resize2d } from "./kinds/resize2d";
import { reverse } from "./kinds/reverse";
import { scaleShift } from "./kinds/scale-shift";
import { sigmoid } from "./kinds/sigmoid";
import { slice } from "./kinds/slice";
import { softmaxPool2d } from "./kinds/softmax-pool2d";
import { spaceToDepth } from "./kinds/space-to-depth";
import { stack } from "./kinds/stack";
import { subtract } from "./kinds/subtract";
import { sum } from "./kinds/sum";
import { swish } from "./kinds/swish";
import { take } from "./kinds/take";
import { tanh } from "./kinds/tanh";
import { thresholdedRelu } from "./kinds/thresholded-relu";
import { tile } from "./kinds/tile";
import { timeDistributed } from "./kinds/time-distributed";
import { upsample2d } from "./kinds/upsample2d";
import { zeroPad2d } from "./kinds/zero-pad2d";
import { registry } from "./registry";

/** Every layer that maso brings. */
export const builtins = registry([
  abs,
  add,
  average,
  avgPool1d,
  avgPool2d,
  batchNorm,
  broadcast,
  clip,
  concat,
  conv1d,
  conv2d,
  conv2dTranspose,
  crop2d,
  dense,
  depthToSpace,
  depthwiseConv2d,
  flatten,
  globalAvgPool1d,
  globalAvgPool2d,
  globalMaxPool1d,
  globalMaxPool2d,
  groupSort,
  identity,
  leakyRelu,
  max,
  maximum,
  maxout,
  maxPool1d,
  maxPool2d,
  mean,
  min,
  minimum,
  pad,
  permute,
  prelu,
  relu,
  reshape,
  resize2d,
  reverse,
  scaleShift,
  sigmoid,
  slice,
  softmaxPool2d,
  spaceToDepth,
  stack,
  subtract,
  sum,
  swish,
  take,
  tanh,
  thresholdedRelu,
  tile,
  timeDistributed,
  upsample2d,
  zeroPad2d,
]);
