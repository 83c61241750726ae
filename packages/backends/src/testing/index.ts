export { bulkDevice } from "./bulk-device";
