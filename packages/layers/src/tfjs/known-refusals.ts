const EXPONENTIAL = "it has an exponential piece, which is no affine spline";
const PRODUCT = "it multiplies two branches, which is piecewise quadratic, not affine";
const NORMALISED = "it divides by statistics of its own input, which is not piecewise affine";
const RECURRENT = "its gates multiply states, which is piecewise quadratic; @maso/rnn will read recurrent layers";

/** Why layers and activations that people use are no affine splines. */
export const knownRefusals: ReadonlyMap<string, string> = new Map([
  ...["elu", "selu", "softplus", "softsign", "mish", "ELU", "exponential"].map((name) => [name, EXPONENTIAL] as const),
  ...["gelu", "gelu_new", "geluNew"].map(
    (name) => [name, "it multiplies its input by a normal distribution function, which is no affine spline"] as const,
  ),
  ...["Multiply", "Dot"].map((name) => [name, PRODUCT] as const),
  ...["LayerNormalization", "UnitNormalization", "GroupNormalization"].map((name) => [name, NORMALISED] as const),
  ...["LSTM", "GRU", "ConvLSTM2D", "LSTMCell", "GRUCell"].map((name) => [name, RECURRENT] as const),
  ...["SimpleRNN", "RNN", "Bidirectional"].map((name) => [name, "it runs over time; @maso/rnn will read recurrent layers"] as const),
  ...["Attention", "MultiHeadAttention", "AdditiveAttention"].map(
    (name) => [name, "it multiplies branches and normalises by a softmax, which is not piecewise affine"] as const,
  ),
  ["hard_swish", "x·relu6(x + 3)/6 is piecewise quadratic, not affine"],
  ["softmax", "a softmax inside the network divides by a sum of exponentials; only one at the very end is cut off and named as the head"],
  ...["logSoftmax", "log_softmax"].map(
    (name) => [name, "it subtracts the logarithm of a sum of exponentials, which is no affine spline"] as const,
  ),
  ["Lambda", "its function is not in the file"],
  ["Embedding", "it looks up rows by whole-number inputs, which is not piecewise affine"],
]);

/** Why this class or activation is refused. */
export function refusalReason(name: string): string {
  return knownRefusals.get(name) ?? `no plugin of the registry knows ${name}; add one that does`;
}
