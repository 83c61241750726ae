import { tests } from "./presets/vitest";

export default tests();
