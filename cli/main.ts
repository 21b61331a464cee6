import { Command, CommanderError } from "commander";
import { VERSION } from "../src/version.ts";
import { devVarsIn } from "./dev-vars.ts";
import { doctor } from "./doctor.ts";
import { EXIT, type ExitCode, UsageError } from "./ending.ts";
import { type LsOptions, ls } from "./ls.ts";
import { type PutOptions, put } from "./put.ts";
import { type SaveOptions, save } from "./save/command.ts";
import { serverAddress } from "./server/address.ts";
import type { Server } from "./server/managed.ts";
import { tokenFor } from "./server/token.ts";
import { sign } from "./sign.ts";

interface ServerOptions {
  readonly server?: string;
  readonly token?: string;
}

/** The folder in which the tool was called: `.dev.vars` lies there, if anywhere. */
const localSecrets = () => devVarsIn(process.cwd());

function serverOf({ server, token }: ServerOptions): Server {
  const url = serverAddress(server ?? process.env.FIXATIVE_SERVER);
  return { url, token: tokenFor(url, { given: token, environment: process.env, devVars: localSecrets }) };
}

let exitCode: ExitCode = EXIT.done;

const program = new Command("fixative")
  .description("Saves pictures of Image Serving (Scene7) URLs by a fixative Worker, one or a hundred thousand.")
  .version(VERSION)
  .exitOverride()
  .showHelpAfterError("(--help tells more)");

/** A command that speaks to a server. */
function command(signature: string, about: string): Command {
  return program
    .command(signature)
    .description(about)
    .option("--server <url>", "the Worker; FIXATIVE_SERVER in the environment where absent")
    .option(
      "--token <token>",
      "its SAVE_TOKEN; FIXATIVE_TOKEN, or SAVE_TOKEN of .dev.vars for this machine, where absent",
    );
}

command("save", "Saves the picture of a URL, or of each line of a list.")
  .argument("<from>", "a URL or path, a file (one URL a line, or CSV with the columns url and name), or - for stdin")
  .option(
    "--names <pattern>",
    "names of {path} {base} {n} {preset} {wid} {hei} {ext} (default: {path}, with its extension)",
  )
  .option("--jobs <n>", "how many at a time", "8")
  .option("--retries <n>", "how often what may pass is tried again", "5")
  .option("--timeout <ms>", "how long each may take at the server")
  .option("--journal <file>", "where is kept what was saved (default: <file>.fixative.jsonl)")
  .option("--resume", "goes on with the journal: what was saved is not saved again")
  .option("--settle <ms>", "how long a save without an answer may still be under way at the server (default: 36000)")
  .option("--quiet", "tells nothing but the end")
  .action(async (from: string, options: ServerOptions & SaveOptions) => {
    exitCode = await save(from, options, serverOf(options));
  });

command("put", "Puts pictures among the sources of the Worker.")
  .argument("<files...>", "JPEG, PNG or WebP")
  .option("--key <key>", "the key of a single file (default: its name)")
  .option("--prefix <prefix>", "put in front of every key: shoes/")
  .option("--new", "replaces nothing that is there")
  .action(async (files: readonly string[], options: ServerOptions & PutOptions) => {
    exitCode = await put(files, options, serverOf(options));
  });

command("ls", "Lists sources, or what was saved.")
  .argument("[prefix]", "what their keys begin with", "")
  .option("--saved", "what was saved, instead of sources")
  .action(async (prefix: string, options: ServerOptions & LsOptions) => {
    exitCode = await ls(prefix, options, serverOf(options));
  });

command("doctor", "Checks a deployment, and says what to mend.").action(async (options: ServerOptions) => {
  exitCode = await doctor(serverOf(options));
});

program
  .command("sign")
  .description("Signs the URL of a save with SIGN_KEY, of the environment or .dev.vars, for SaveAccess = signed.")
  .argument("<url>", "the whole URL, with req=saveToFile and name=")
  .option("--expires <life>", "90s, 15m, 1h, 1d and the like", "1h")
  .action(async (url: string, { expires: life }: { readonly expires: string }) => {
    const signKey = process.env.SIGN_KEY ?? localSecrets().SIGN_KEY ?? "";
    const signed = await sign({ url, life, signKey, now: Date.now() });
    if (signed.is === "wrong") throw new UsageError(signed.says);
    if (signed.warning !== undefined) console.error(signed.warning);
    console.log(signed.url);
  });

// Who reads on has read enough, as `head` does: that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

try {
  await program.parseAsync();
} catch (thrown) {
  exitCode = endingOf(thrown);
}
process.exitCode = exitCode;

/** Commander has told already what it does not understand. */
function endingOf(thrown: unknown): ExitCode {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (thrown instanceof UsageError) {
    console.error(thrown.message);
    return EXIT.usage;
  }
  console.error(thrown instanceof Error ? thrown.message : thrown);
  return EXIT.failed;
}
