import { abs } from "./kinds/abs";
import { add } from "./kinds/add";
import { avgPool2d } from "./kinds/avg-pool2d";
import { batchNorm } from "./kinds/batch-norm";
import { clip } from "./kinds/clip";
import { concat } from "./kinds/concat";
import { conv2d } from "./kinds/conv2d";
import { dense } from "./kinds/dense";
import { depthwiseConv2d } from "./kinds/depthwise-conv2d";
import { flatten } from "./kinds/flatten";
import { globalAvgPool2d } from "./kinds/global-avg-pool2d";
import { groupSort } from "./kinds/group-sort";
import { identity } from "./kinds/identity";
import { leakyRelu } from "./kinds/leaky-relu";
import { max } from "./kinds/max";
import { maxPool2d } from "./kinds/max-pool2d";
import { maximum } from "./kinds/maximum";
import { maxout } from "./kinds/maxout";
import { min } from "./kinds/min";
import { minimum } from "./kinds/minimum";
import { prelu } from "./kinds/prelu";
import { relu } from "./kinds/relu";
import { reshape } from "./kinds/reshape";
import { scaleShift } from "./kinds/scale-shift";
import { sigmoid } from "./kinds/sigmoid";
import { softmaxPool2d } from "./kinds/softmax-pool2d";
import { subtract } from "./kinds/subtract";
import { swish } from "./kinds/swish";
import { tanh } from "./kinds/tanh";
import { thresholdedRelu } from "./kinds/thresholded-relu";
import { upsample2d } from "./kinds/upsample2d";
import { zeroPad2d } from "./kinds/zero-pad2d";
import { registry } from "./registry";

/** Every layer that maso brings. */
export const builtins = registry([
  abs,
  add,
  avgPool2d,
  batchNorm,
  clip,
  concat,
  conv2d,
  dense,
  depthwiseConv2d,
  flatten,
  globalAvgPool2d,
  groupSort,
  identity,
  leakyRelu,
  max,
  maxPool2d,
  maximum,
  maxout,
  min,
  minimum,
  prelu,
  relu,
  reshape,
  scaleShift,
  sigmoid,
  softmaxPool2d,
  subtract,
  swish,
  tanh,
  thresholdedRelu,
  upsample2d,
  zeroPad2d,
]);
