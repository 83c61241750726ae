export { countDifferences } from "./count-differences";
