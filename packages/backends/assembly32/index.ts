export { addChannelProducts } from "./add-channel-products";
export { addProducts } from "./add-products";
export { depthwiseAdjoint } from "./depthwise-adjoint";
export { packRows } from "./pack-rows";
