import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elementwise, encode, MasoError, type Network, random, soften } from "@maso/core";
import { afterAll, describe, expect, it } from "vitest";
import { networkFingerprint, openCodeFile, writeCodeFile } from "../../src/code-files";
import { codeLayout, nearest, type PackedCodes, packCode } from "../../src/codes";
import { mixedNetwork } from "../codes/mixed-network";

const folder = mkdtempSync(join(tmpdir(), "maso-codes-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

const network = mixedNetwork();
const layout = codeLayout(network);
const codes = codesOf(network, 50);

function codesOf(net: Network, rows: number): PackedCodes {
  const { normal } = random(7);
  const x = Float64Array.from({ length: rows * 300 }, normal);
  return packCode(codeLayout(net), encode(net, x));
}

/** Blocks of the given sizes, over and over until the rows are used up. */
function* cut({ layout, rows, words }: PackedCodes, ...sizes: readonly number[]): Generator<PackedCodes> {
  for (let from = 0, n = 0; from < rows; n++) {
    const to = Math.min(rows, from + sizes[n % sizes.length]!);
    yield { layout, rows: to - from, words: words.slice(from * layout.words, to * layout.words) };
    from = to;
  }
}

/** 20,000 rows: more than one block of a file. */
function* many(): Generator<PackedCodes> {
  for (let n = 0; n < 400; n++) yield codes;
}

async function wordsIn(path: string): Promise<Int32Array> {
  const file = await openCodeFile(path, network);
  const words = new Int32Array(file.rows * layout.words);
  let row = 0;
  for await (const block of file.blocks()) {
    words.set(block.words, row * layout.words);
    row += block.rows;
  }
  expect(row).toBe(file.rows);
  return words;
}

describe("a code file", () => {
  it("has what was written, whatever the blocks it came in, byte for byte", async () => {
    const written = await writeCodeFile(at("a.codes"), network, [codes]);
    expect(written).toEqual({ rows: 50, bytes: readFileSync(at("a.codes")).length });
    expect([...(await wordsIn(at("a.codes")))]).toEqual([...codes.words]);
    await writeCodeFile(at("b.codes"), network, cut(codes, 1, 7, 0, 20));
    expect(readFileSync(at("b.codes")).equals(readFileSync(at("a.codes")))).toBe(true);
    expect(await openCodeFile(at("a.codes"))).toMatchObject({
      rows: 50,
      bytes: written.bytes,
      layout,
      network: networkFingerprint(network),
    });
  });

  it("of many blocks is searched as if it were in memory", async () => {
    await writeCodeFile(at("many.codes"), network, many());
    const file = await openCodeFile(at("many.codes"), network);
    let blocks = 0;
    for await (const { rows } of file.blocks()) blocks += rows > 0 ? 1 : 0;
    expect(blocks).toBeGreaterThan(2);
    const query = [...cut(codes, 3)][5]!;
    const found = await nearest(query, file, 401);
    found.forEach((list, i) => {
      expect(list.slice(0, 400)).toEqual(Array.from({ length: 400 }, (_, n) => ({ index: 50 * n + 15 + i, distance: 0 })));
      expect(list[400]!.distance).toBeGreaterThan(0);
    });
  });

  it("may have no rows", async () => {
    await writeCodeFile(at("none.codes"), network, []);
    expect(await wordsIn(at("none.codes"))).toHaveLength(0);
  });

  it("keeps a link and a device; where the codes fail, what stood there stays and nothing else is left", async () => {
    writeFileSync(at("there.codes"), "old");
    symlinkSync(at("there.codes"), at("link.codes"));
    const failing = function* (): Generator<PackedCodes> {
      yield codes;
      throw new MasoError("aborted", "stopped");
    };
    await expect(writeCodeFile(at("link.codes"), network, failing())).rejects.toMatchObject({ code: "aborted" });
    expect(readFileSync(at("there.codes"), "utf8")).toBe("old");
    await writeCodeFile(at("link.codes"), network, [codes]);
    expect((await lstat(at("link.codes"))).isSymbolicLink()).toBe(true);
    expect(await wordsIn(at("there.codes"))).toHaveLength(codes.words.length);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    await writeCodeFile("/dev/null", network, [codes]);
    expect((await lstat("/dev/null")).isCharacterDevice()).toBe(true);
    await expect(writeCodeFile(at("no/such.codes"), network, [codes])).rejects.toMatchObject({ code: "file" });
  });
});

describe("openCodeFile refuses", () => {
  const bytes = async (): Promise<Buffer> => {
    await writeCodeFile(at("good.codes"), network, [codes]);
    return readFileSync(at("good.codes"));
  };
  const failure = async (content: Uint8Array): Promise<unknown> => {
    writeFileSync(at("bad.codes"), content);
    return wordsIn(at("bad.codes")).then(
      () => null,
      (error: unknown) => error,
    );
  };

  it("a file that is cut off anywhere, or goes on", async () => {
    const whole = await bytes();
    for (let length = 0; length < whole.length; length += length < 1000 ? 13 : 97)
      expect(await failure(whole.subarray(0, length)), `${length} bytes`).toMatchObject({ code: "format" });
    expect(await failure(whole.subarray(0, whole.length - 1))).toMatchObject({
      code: "format",
      message: expect.stringMatching(/truncated/),
    });
    for (const extra of [1, 16, 5000])
      expect(await failure(Buffer.concat([whole, Buffer.alloc(extra)])), `${extra} bytes more`).toMatchObject({
        code: "format",
        message: expect.stringMatching(/longer than written/),
      });
  });

  it("a file with one wrong bit, wherever it is", async () => {
    const whole = await bytes();
    for (let byte = 0; byte < whole.length; byte += byte < 40 || byte > whole.length - 30 ? 1 : 61) {
      const wrong = Buffer.from(whole);
      wrong[byte]! ^= 1 << (byte % 8);
      expect(await failure(wrong), `byte ${byte}`).toMatchObject({ code: "format" });
    }
  });

  it("other files, none, and the codes of other networks", async () => {
    expect(await failure(Buffer.from("a text that is long enough to hold a header"))).toMatchObject({
      message: expect.stringMatching(/not a code file/),
    });
    await expect(openCodeFile(at("nowhere.codes"))).rejects.toMatchObject({ code: "file" });
    await expect(openCodeFile(folder)).rejects.toMatchObject({ code: "file" });
    await bytes();
    await expect(openCodeFile(at("good.codes"), soften(network, 0.5))).rejects.toMatchObject({ code: "mismatch" });
  });
});

describe("networkFingerprint", () => {
  it("tells networks apart by what makes their codes, and by nothing else", () => {
    const print = (slopes: number[], id = "a", extra: object = {}): string => {
      const op = { ...elementwise([4], { slopes }), kind: "k", params: { slopes: Float64Array.from(slopes), ...extra } };
      return networkFingerprint({ inputs: [[4]], inputNames: [id], nodes: [{ id, op, from: [0] }], output: 1 });
    };
    const first = print([0, 1]);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    for (const same of [print([-0, 1]), print([0, 1], "b"), print([0, 1], "a", { other: undefined })]) expect(same).toBe(first);
    for (const other of [print([0, 2]), print([0, 1, 1]), print([0, 1], "a", { other: null })]) expect(other).not.toBe(first);
  });
});
