/** `npm run build:cli`: bundles the command-line tool, cli/ → dist/fixative.js. `npm install` in a clone does so, too. */
import { buildCli } from "./local/cli.ts";

buildCli();
