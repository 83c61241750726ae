export { addProduct } from "./add-product";
export { depthwise } from "./depthwise";
export { addRows, dotRows } from "./matrix-vector";
export { packPanels } from "./pack-panels";
export { selectScalars } from "./select-scalars";
export { selectValues } from "./select-values";
