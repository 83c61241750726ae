import { library } from "../../tooling/presets/tsup.ts";

export default library([
  "index",
  "bulk/cpu",
  "bulk/wasm",
  "bulk/webgpu",
  "code-files/index",
  "codes/index",
  "codes/tfjs/index",
  "compute/index",
  "missing-kernels/index",
  "testing/index",
]);
