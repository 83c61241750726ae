import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, maso, masoJson, network, write } from "./maso";

const points = write("points.json", [
  [0.5, -1],
  [2, 1],
]); // prettier-ignore
const two = write("two.maso.json", {
  ...network,
  layers: [
    {
      id: "a",
      kind: "dense",
      params: {
        weight: [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
      },
    },
    {
      id: "b",
      kind: "dense",
      from: "input",
      params: {
        weight: [
          [100, 0],
          [0, 100],
        ],
      },
    },
    { kind: "concat", from: ["a", "b"] },
  ],
  head: ["softmax", null],
}); // prettier-ignore
const html = (name: string): string => readFileSync(join(folder, name, "index.html"), "utf8");
const report = (model: string, name: string, ...more: string[]): string => {
  expect(maso("explain", model, "--input", points, "--report", name, ...more)).toMatchObject({ status: 0 });
  return html(name);
};

describe("several outputs", () => {
  it("are named and ranked each by itself", () => {
    const { stdout } = maso("explain", two, "--input", points);
    expect(stdout).toMatch(/largest of a\s+largest of b/);
    expect(stdout).toMatch(/row 0\s+0: 0\.6285\s+0: 50/);
    const page = report(two, "two");
    for (const name of ["<h4>a</h4>", "<h4>b</h4>", "<h4>a 0 ", "<h4>b 0 "]) expect(page).toContain(name);
    expect(page.match(/class="template"/g)).toHaveLength(4);
  });
});

describe("--rows", () => {
  const net = write("net.maso.json", network);
  it("shows the chosen outputs without a report: values in text, templates in JSON", () => {
    expect(maso("explain", net, "--input", points, "--rows", "1,0").stdout).toMatch(/output 1\s+output 0[\s\S]*row 0\s+0\s+1\.6/);
    const { rows } = masoJson("explain", net, "--input", points, "--rows", "0");
    expect(rows[0].templates).toHaveLength(1);
    for (const [i, x] of [
      [0.5, -1],
      [2, 1],
    ].entries()) {
      const { output, logit, bias, weights } = rows[i].templates[0];
      expect([output, logit]).toEqual([0, rows[i].logits[0]]);
      expect(weights[0] * x[0]! + weights[1] * x[1]! + bias).toBeCloseTo(logit, 12);
    }
  });
});

describe("a template that is empty", () => {
  const layers = (kind: string, bias: number): object[] => [
    {
      kind: "dense",
      params: {
        weight: [
          [1, 0],
          [0, 1],
        ],
        bias: [bias, bias],
      },
    },
    { kind },
    { kind: "dense", params: { weight: [[1, 2]] } },
  ]; // prettier-ignore
  it("by sigmoids is replaced by the derivative, and said so", () => {
    const page = report(write("flat.maso.json", { ...network, layers: layers("sigmoid", 0) }), "flat");
    expect(page.match(/Shown instead is the row of the/g)).toHaveLength(2);
    expect(page).not.toContain("the derivative is 0 too");
  });
  it("by ReLUs that are off says that nothing changes here", () => {
    const page = report(write("dead.maso.json", { ...network, layers: layers("relu", -50) }), "dead");
    expect(page.match(/the derivative is 0 too/g)).toHaveLength(2);
    expect(page).not.toContain("Shown instead");
  });
  it("beside another that is not has a remark of its own", () => {
    const mixed = {
      ...network,
      layers: [
        { id: "s", kind: "sigmoid", from: "input" },
        { kind: "concat", from: ["s", "input"] },
      ],
    };
    const page = report(write("mixed.maso.json", mixed), "mixed", "--rows", "0,2");
    expect(page.match(/Shown instead/g)).toHaveLength(2);
    expect(page.match(/class="template"/g)).toHaveLength(4);
  });
});

it("a report on many values names the largest contributions, on axes with numbers, under a short title", () => {
  const weight = [Array.from({ length: 40 }, (_, i) => (i === 7 ? 5 : i === 30 ? -4 : 0.001 * i))];
  const wide = write("deep/folder/wide.maso.json", { ...network, input: [40], layers: [{ kind: "dense", params: { weight } }] });
  const row = write("wide.json", [Array.from({ length: 40 }, () => 1)]);
  expect(maso("explain", wide, "--input", row, "--report", "wide").status).toBe(0);
  const page = html("wide");
  expect(page).toContain("<h1>wide</h1>");
  expect(page).not.toContain(folder);
  for (const part of ["x[7]", "x[30]", "the rest", 'class="axis"']) expect(page).toContain(part);
  expect(page).toContain("1 layer<");
});

it("soft units show their beta", () => {
  const soft = write("soft.maso.json", { ...network, layers: [network.layers[0], { kind: "relu", beta: 0.25 }] });
  expect(masoJson("inspect", soft).layers[1].beta).toBe(0.25);
  expect(maso("inspect", soft).stdout).toContain("β 0.25");
});

it("a network cut at its input is written and read back", () => {
  const net = write("net.maso.json", network);
  expect(masoJson("convert", net, "input.maso.json", "--cut", "input")).toMatchObject({ layers: 0 });
  expect(masoJson("explain", join(folder, "input.maso.json"), "--input", points).rows[0].logits).toEqual([0.5, -1]);
  expect(maso("inspect", join(folder, "input.maso.json")).stdout).toContain("[2] -> [2]");
});
