/** The sign of a cut at a vertex on a face, where floats do not tell it. */
export declare function settle(v: i32, c: i32, f: i32): i32;
