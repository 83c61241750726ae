import { readFileSync } from "node:fs";
import { MasoError } from "@maso/core";
import { Command, CommanderError } from "commander";
import type { Answer } from "./answer";
import { joinOptionValues } from "./argv";
import type { ConvertOptions } from "./commands/convert";
import type { DistanceOptions } from "./commands/distance";
import type { EncodeOptions } from "./commands/encode";
import type { ExplainOptions } from "./commands/explain";
import type { LineOptions } from "./commands/line";
import type { NeighboursOptions } from "./commands/neighbours";
import type { PartitionOptions } from "./commands/partition";
import { failureOf, withMemoryOf } from "./failure";
import { interrupt } from "./interruption";
import type { ModelOptions } from "./model/open-model";
import { consoleToStderr } from "./output/console-to-stderr";
import { printNotices } from "./output/notice";

/** Runs one command line; the result is the exit code. */
export async function runProgram(words: readonly string[]): Promise<number> {
  process.on("SIGINT", interrupt);
  process.stdout.on("error", () => process.exit(0));
  consoleToStderr();
  const program = createProgram();
  try {
    await program.parseAsync(joinOptionValues(words, optionsWithValue(program)), { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    if (process.env.MASO_DEBUG) console.error(error);
    const { exitCode, message } = failureOf(error);
    process.stderr.write(`maso: ${message}\n`);
    return exitCode;
  }
}

function createProgram(): Command {
  const program = new Command("maso")
    .description("Shows exactly what a neural network computes: its regions, its local affine maps, its templates.")
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .argument("[command]")
    .allowExcessArguments()
    .allowUnknownOption()
    .usage("<command> [options]")
    .version(versionOf(), "--version", "print the version")
    .helpCommand("help [command]", "show the options of a command")
    .action((command: string | undefined) => {
      if (command === undefined) program.outputHelp();
      else
        throw new MasoError("usage", `there is no command ${command}; there are ${program.commands.map((each) => each.name()).join(", ")}`);
    });
  withModelOptions(
    program.command("inspect").description("list the layers of a model, and what of it cannot be represented").argument("<model>", MODEL),
  ).action((model: string, options: ModelOptions) =>
    print(model, options, async () => (await import("./commands/inspect")).inspect(model, options)),
  );
  withInputOptions(
    withModelOptions(
      program
        .command("explain")
        .description("show what a model computes at some inputs, and why")
        .argument("[model]", `${MODEL} (default: a digit classifier)`),
    ),
  )
    .option("--input <file>", `${DATA} (repeatable)`, collect)
    .option("--rows <list>", "outputs to explain, as in 0,3 (default: the winning and the runner-up output)")
    .option("--report <folder>", "write a report: one self-contained HTML file")
    .action((model: string | undefined, options: ExplainOptions) =>
      print(model, options, async () => (await import("./commands/explain")).explain(model, options)),
    );
  withInputOptions(
    withModelOptions(
      program
        .command("distance")
        .description("compare inputs by the codes that a model gives them")
        .argument("[model]", `${MODEL} (default: a digit classifier)`),
    ),
  )
    .option("--data <file>", `${DATA} (repeatable)`, collect)
    .option("--k <number>", "how many nearest neighbours", "5")
    .action((model: string | undefined, options: DistanceOptions) =>
      print(model, options, async () => (await import("./commands/distance")).distance(model, options)),
    );
  withInputOptions(
    withModelOptions(
      program.command("encode").description("write the codes of a data set to a file, for neighbours to search").argument("<model>", MODEL),
    ),
  )
    .option("--data <file>", `${DATA} (repeatable); read row by row`, collect)
    .option("--out <file>", "the code file to write")
    .action((model: string, options: EncodeOptions) =>
      print(model, options, async () => (await import("./commands/encode")).encode(model, options)),
    );
  withInputOptions(
    withModelOptions(
      program
        .command("neighbours")
        .description("find the rows of an encoded data set whose codes are nearest to those of some inputs")
        .argument("<model>", `${MODEL}; the one that the codes come from`),
    ),
  )
    .option("--codes <file>", "the code file that encode wrote")
    .option("--input <file>", `${DATA} (repeatable)`, collect)
    .option("--k <number>", "how many nearest neighbours", "5")
    .action((model: string, options: NeighboursOptions) =>
      print(model, options, async () => (await import("./commands/neighbours")).neighbours(model, options)),
    );
  withModelOptions(
    program
      .command("convert")
      .description("write a model as a network file")
      .argument("<model>", MODEL)
      .argument("<out>", "the *.maso.json to write"),
  ).action((model: string, out: string, options: ConvertOptions) =>
    print(model, options, async () => (await import("./commands/convert")).convert(model, out, options)),
  );
  withInputOptions(
    withModelOptions(
      program
        .command("partition")
        .description("find every region of a model on a plane, exactly, and draw them")
        .argument("<model>", MODEL),
    ),
  )
    .option("--slice <file>", 'the plane: JSON {"origin": [...], "axes": [[...], [...]], "window": [[lo, hi], [lo, hi]]}')
    .option("--through <list>", `the plane of three points, as in a.json,b.json,c.json or rows.json:0,rows.json:3,d.png; each ${POINT}`)
    .option("--window <list>", "s and t run from x0 to x1 and from y0 to y1: x0,x1,y0,y1 (default: the slice's own, or -1,1,-1,1)")
    .option("--threads <number>", "how many threads share the work", "1")
    .option("--svg <file>", "write a picture as SVG")
    .option("--png <file>", "write a picture as PNG")
    .option("--html <file>", "write a page to look around in, one self-contained file")
    .option("--colour <what>", "of regions: code, layer, lipschitz or class", "code")
    .option("--edges <how>", "layers (the deeper the finer), all (alike) or none", "layers")
    .option("--no-boundary", "without the decision boundary")
    .option("--dark", "on a dark ground")
    .option("--width <pixels>", "of pictures", "1000")
    .option(
      "--checkpoints <list>",
      "models from earlier in training, as in a.json,b.json: --svg and --png become animations that end with MODEL",
    )
    .action((model: string, options: PartitionOptions) =>
      print(model, options, async () => (await import("./commands/partition")).partition(model, options)),
    );
  withInputOptions(
    withModelOptions(
      program
        .command("line")
        .description("find every piece of a model between two inputs, with exact integrated gradients")
        .argument("<model>", MODEL),
    ),
  )
    .option("--from <file>", `where it starts: ${POINT}`)
    .option("--to <file>", `where it ends: ${POINT}`)
    .action((model: string, options: LineOptions) =>
      print(model, options, async () => (await import("./commands/line")).line(model, options)),
    );
  for (const command of program.commands) command.allowExcessArguments(false);
  return program;
}

const MODEL = "a network file, a tfjs model.json, or a folder that holds one";
const POINT = "a file with one row (JSON, .npy, an image), or file:row";
const DATA = "JSON rows, a .npy or IDX file, PNG or JPEG images, or a folder of images";

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function withModelOptions(command: Command): Command {
  return command
    .option("--cut <node>", "analyse the model up to this node")
    .option("--output <name>", "the output to analyse")
    .option("--input-shape <shape>", "the shape of an open input, as in 64,64,3 or name=64,64,3 (repeatable)", collect)
    .option("--plugin <file>", "a module whose exported layer plugins are added (repeatable)", collect)
    .option("--json", "print one JSON object");
}

function withInputOptions(command: Command): Command {
  return command
    .option(
      "--scale <number>",
      "of images: value = pixel * scale + offset, pixels counting from 0 to 255; a fraction like 1/127.5 is fine (default: 1/255)",
    )
    .option("--offset <number>", "of images (default: 0)");
}

function optionsWithValue({ commands }: Command): ReadonlySet<string> {
  return new Set(commands.flatMap(({ options }) => options.filter(({ required }) => required).map(({ long }) => long!)));
}

/** Nothing is printed before the whole answer is there. */
async function print(model: string | undefined, { json }: { readonly json?: boolean }, command: () => Promise<Answer>): Promise<void> {
  const text = await withMemoryOf(model ?? "the digit classifier", async () => {
    const answer = await command();
    return json ? JSON.stringify(answer.json()) : answer.text();
  });
  printNotices();
  process.stdout.write(`${text}\n`);
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { readonly version: string };
  return version;
}
