import { MasoError } from "@maso/core";
import { slicePlaces } from "../affine/slice-places";
import type { Chain } from "../define-plugin";
import type { TfjsNode } from "../tfjs-node";
import { inputAt } from "./on-axes";
import { type Cut, cutChain } from "./slice-nodes";
import { wholesAt } from "./tfjs-operands";

/** Bit i of each mask is about entry i of begin, end and strides. */
const MASKS = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"] as const;
type Mask = (typeof MASKS)[number];

/** Input (values, begin, end, strides), as numpy's x[1:3, ..., None, 0, ::-1] is written down. */
export function stridedSliceNode(node: TfjsNode): Chain {
  const value = inputAt(node, 0, "values");
  const [begin, end, strides] = [wholesAt(node, 1, "begin"), wholesAt(node, 2, "end"), wholesAt(node, 3, "strides")];
  if (begin.length !== end.length || begin.length !== strides.length || strides.includes(0))
    throw new MasoError(
      "format",
      `its begin, end and strides have ${begin.length}, ${end.length} and ${strides.length} entries; expected as many of each, no stride 0`,
    );
  const masks = Object.fromEntries(MASKS.map((mask) => [mask, node.attributes.number(mask, 0)]));
  const is = (mask: Mask, i: number): boolean => (masks[mask]! & (1 << i)) !== 0;
  const severalEllipses = (masks.ellipsis_mask! & (masks.ellipsis_mask! - 1)) !== 0;
  const named = begin.filter((_, i) => !is("ellipsis_mask", i) && !is("new_axis_mask", i)).length;
  if (severalEllipses) throw new MasoError("format", `its ellipsis_mask is ${masks.ellipsis_mask}; expected one ellipsis at most`);
  if (named > value.shape.length) throw new MasoError("format", `it names ${named} axes; its input has ${value.shape.length}`);

  const cuts: Cut[] = [];
  const whole: number[] = [];
  const takeAll = (count: number): void => {
    for (let i = 0; i < count; i++) {
      const extent = value.shape[cuts.length]!;
      cuts.push({ from: 0, count: extent, stride: 1 });
      whole.push(extent);
    }
  };
  begin.forEach((from, i) => {
    if (is("ellipsis_mask", i)) return takeAll(value.shape.length - named);
    if (is("new_axis_mask", i)) return void whole.push(1);
    const extent = value.shape[cuts.length]!;
    if (is("shrink_axis_mask", i)) {
      if (strides[i]! < 0)
        throw new MasoError("format", `it takes one place of axis ${cuts.length} with stride ${strides[i]}; expected a positive one`);
      return void cuts.push({ from: from < 0 ? from + extent : from, count: 1, stride: 1 });
    }
    const places = slicePlaces(extent, is("begin_mask", i) ? null : from, is("end_mask", i) ? null : end[i]!, strides[i]!);
    cuts.push({ from: places[0] ?? 0, count: places.length, stride: strides[i]! });
    whole.push(places.length);
  });
  takeAll(value.shape.length - cuts.length);
  return cutChain(value, cuts, whole);
}
