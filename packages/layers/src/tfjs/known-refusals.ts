/** Why layers, activations and ops that people use are refused: a reason, then the names that it is about. */
const reasons: readonly (readonly [reason: string, ...names: readonly string[]])[] = [
  [
    "it has an exponential piece, which is no affine spline",
    ...["elu", "selu", "softplus", "softsign", "mish", "ELU", "exponential", "Elu", "Selu", "Softplus", "Softsign", "Mish"],
  ],
  ["it multiplies its input by a normal distribution function, which is no affine spline", "gelu", "gelu_new", "geluNew", "Gelu"],
  ["it is the integral of a normal distribution (the gate of a GELU), which is no affine spline", "Erf", "Erfc"],
  ["it multiplies two branches, which is piecewise quadratic, not affine", "Multiply", "Dot"],
  ["it multiplies values by each other, which is piecewise polynomial, not affine", "Square", "SquaredDifference", "Prod", "Cumprod"],
  ["x·relu6(x + 3)/6 is piecewise quadratic, not affine", "hard_swish", "HardSwish"],
  [
    "it divides by statistics of its own input, which is not piecewise affine",
    ...["LayerNormalization", "UnitNormalization", "GroupNormalization", "LayerNorm", "LRN", "L2Normalize"],
  ],
  [
    "it takes a root or a quotient of its input, as normalised features do, which is not piecewise affine",
    ...["Sqrt", "Rsqrt", "Reciprocal", "Inv", "EuclideanNorm"],
  ],
  [
    "its gates multiply states, which is piecewise quadratic; @maso/rnn will read recurrent layers",
    ...["LSTM", "GRU", "ConvLSTM2D", "LSTMCell", "GRUCell", "ConvLSTM2DCell", "ConvRNN2D", "LSTMBlockCell", "BlockLSTM", "BlockLSTMV2"],
    ...["GRUBlockCell", "CudnnRNN"],
  ],
  ["it runs over time; @maso/rnn will read recurrent layers", "SimpleRNN", "SimpleRNNCell", "RNN", "StackedRNNCells", "Bidirectional"],
  [
    "it multiplies branches and normalises by a softmax, which is not piecewise affine",
    ...["Attention", "MultiHeadAttention", "AdditiveAttention"],
  ],
  [
    "a softmax inside the network divides by a sum of exponentials; only one at the very end is cut off and named as the head",
    ...["softmax", "Softmax"],
  ],
  ["it subtracts the logarithm of a sum of exponentials, which is no affine spline", ...["logSoftmax", "log_softmax", "LogSoftmax"]],
  [
    "it is a smooth curve of its input, which is no affine spline",
    ...["Exp", "Expm1", "Log", "Log1p", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Atan2", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh"],
  ],
  ["it is made of complex numbers and their sizes or phases, which is not piecewise affine", "Complex", "ComplexAbs", "Real", "Imag"],
  ["it is a Fourier transform, whose complex numbers no layer holds", "FFT", "IFFT", "RFFT", "IRFFT"],
  [
    "it steps from whole number to whole number, which has no slope to analyse",
    ...["Floor", "Ceil", "Round", "Sign", "FloorDiv", "FloorMod", "Mod", "FakeQuantWithMinMaxVars", "BitwiseAnd"],
  ],
  [
    "it is a step in its input: a comparison, which has no slope to analyse",
    ...["Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual", "LogicalAnd", "LogicalNot", "LogicalOr", "All", "Any"],
    ...["IsNan", "IsFinite", "IsInf"],
  ],
  ["it chooses between values by a condition on its input, which may jump", "Select", "SelectV2", "Where"],
  [
    "it gives places of values, not values: a step in its input",
    ...["ArgMax", "ArgMin", "TopK", "TopKV2", "MaxPoolWithArgmax", "LowerBound", "UpperBound", "Unique", "UniqueV2", "ListDiff"],
  ],
  [
    "it picks boxes by comparing them, a step in its input; cut before it",
    ...["NonMaxSuppressionV2", "NonMaxSuppressionV3", "NonMaxSuppressionV4", "NonMaxSuppressionV5"],
  ],
  ["it counts its inputs, a step in them", "Bincount", "DenseBincount", "CategoryEncoding", "OneHot"],
  ["it sets steps to 0 that equal a value, a jump in its input", "Masking"],
  [
    "it is control flow: which nodes run depends on the input",
    ...["Switch", "Merge", "If", "StatelessIf", "LoopCond", "Enter", "Exit", "NextIteration", "While", "StatelessWhile"],
  ],
  [
    "it is a list that a loop fills; @maso/rnn will read recurrent layers",
    ...["EmptyTensorList", "TensorListReserve", "TensorListFromTensor", "TensorListStack", "TensorListGather", "TensorListScatter"],
    ...["TensorListScatterV2", "TensorListGetItem", "TensorListSetItem", "TensorListSplit", "TensorListConcat", "TensorListConcatV2"],
    ...["TensorListPopBack", "TensorListPushBack", "TensorListLength", "TensorListResize", "TensorArrayV3", "TensorArrayWriteV3"],
    ...["TensorArrayReadV3", "TensorArrayGatherV3", "TensorArrayScatterV3", "TensorArrayConcatV3", "TensorArraySplitV3"],
    ...["TensorArraySizeV3", "TensorArrayCloseV3"],
  ],
  [
    "it works on words, not numbers",
    ...["StaticRegexReplace", "StringNGrams", "StringSplit", "StringToHashBucketFast", "HashTable", "HashTableV2", "LookupTableImport"],
    ...["LookupTableImportV2", "LookupTableFind", "LookupTableFindV2", "LookupTableSize", "LookupTableSizeV2", "InitializeTable"],
    ...["InitializeTableV2", "BytePairTokenizer"],
  ],
  [
    "it draws random numbers, so that the model is no function of its input",
    ...["RandomStandardNormal", "RandomUniform", "RandomUniformInt", "TruncatedNormal", "Multinomial", "RandomHeight", "RandomWidth"],
  ],
  [
    "the shape of its result depends on the input's values",
    ...["RaggedGather", "RaggedRange", "RaggedTensorToTensor", "SparseFillEmptyRows", "SparseReshape", "SparseSegmentMean"],
    ...["SparseSegmentSum", "SparseToDense"],
  ],
  [
    "it runs a forest of decisions, which jumps",
    ...["SimpleMLCreateModelResource", "SimpleMLLoadModelFromPathWithHandle", "SimpleMLInferenceOpWithHandle"],
  ],
  ["TensorFlow.js resamples it at rounded places instead of cutting off the edges; Cropping2D is read", ...["CenterCrop"]],
  ["no layer reads volumes yet", "Conv3D", "Conv3DTranspose", "MaxPooling3D", "AveragePooling3D", "MaxPool3D", "AvgPool3D"],
  [
    "it is affine, but no layer reads it yet; a plugin can",
    ...["Cumsum", "Einsum", "EinsumDense", "MatrixBandPart", "GatherNd", "ScatterNd", "TensorScatterUpdate", "SpaceToBatchND"],
    ...["BatchToSpaceND", "CropAndResize", "ImageProjectiveTransformV3", "Conv1D"],
  ],
  ["it is the largest of sums over a window, a max-affine spline that no layer reads yet; a plugin can", "Dilation2D"],
  ["its function is not in the file", "Lambda"],
  ["it looks up rows by whole-number inputs, which is not piecewise affine", "Embedding"],
];

/** Why layers, activations and ops that people use are refused, by name. */
export const knownRefusals: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, ...names]) => names.map((name) => [name, reason] as const)),
);

/** Why this class, activation or op is refused. */
export function refusalReason(name: string): string {
  return knownRefusals.get(name) ?? `no plugin of the registry knows ${name}; add one that does`;
}
