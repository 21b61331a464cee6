import { expect, test } from "vitest";
import { objections } from "../support/help.ts";

const WRANGLER = `wrangler r2 object put <objectPath>

OPTIONS
  -f, --file    The path of the file to upload  [string]
      --remote  Interact with remote storage  [boolean]
`;

const COMMANDER = `Usage: tool save [options] <from>

Options:
  --jobs <n>  how many at a time
  --resume    goes on
`;

test.each([
  ["wrangler r2 object put a/b --file x --remote", WRANGLER, []],
  ["wrangler r2 object put a/b -f x", WRANGLER, []],
  ["wrangler r2 object put a/b --pipe", WRANGLER, ["there is no --pipe"]],
  ["wrangler r2 object put --remote", WRANGLER, ["it wants <objectPath>"]],
  ["wrangler r2 object put a/b c", WRANGLER, ["it takes <objectPath>, not a/b c"]],
  ["wrangler r2 objekt put a/b", WRANGLER, ["there is no wrangler r2 objekt put a/b"]],
  ["tool save list.txt --jobs 8 --resume", COMMANDER, []],
  ["tool save --jobs 8", COMMANDER, ["it wants <from>"]],
  ["tool save list.txt --job 8", COMMANDER, ["there is no --job", "it takes <from>, not list.txt 8"]],
])("what is made up in a command is named: %s", (command, help, wrong) => {
  expect(objections(command.split(" "), help)).toEqual(wrong);
});
