import { asSlicePartition } from "../../test/partition/as-slice-partition";
import { oracle } from "../../test/partition/oracle";
export const slicePartition = async (n: any, s: any) => asSlicePartition(s, oracle(n, s));
