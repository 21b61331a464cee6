import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The peers are dependencies of this folder alone: whoever does not run the bench never installs them. */
const BENCH = join(import.meta.dirname, "..");
const MODULES = join(BENCH, "node_modules");
const require = createRequire(import.meta.url);

/**
 * Installs the peers where they are not, or not those of the lock file.
 *
 * @returns undefined, or a sentence that says why they could not be installed
 */
export function installPeers(): string | undefined {
  const lock = statSync(join(BENCH, "package-lock.json")).mtimeMs;
  const installed = statSync(join(MODULES, ".package-lock.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (installed > lock) return undefined;
  console.error("installing what is compared with (npm ci in bench/)");
  try {
    execFileSync("npm", ["ci"], { cwd: BENCH, stdio: ["ignore", "ignore", "pipe"] });
    return undefined;
  } catch {
    return "The peers could not be installed: npm ci in bench/ failed.";
  }
}

/** Imports a peer. Its own types are not there where it is not installed, so the caller says what it uses of it. */
export async function loadPeer<Module>(name: string): Promise<Module> {
  const url = import.meta.resolve(name);
  // The project's own tools bring some of these packages along, in versions of their own.
  if (!url.startsWith(pathToFileURL(MODULES).href)) throw new Error(`${name} is not installed in bench/`);
  return (await import(url)) as Module;
}

/** Compiles a WebAssembly module of a peer. */
export function peerWasm(path: string): WebAssembly.Module {
  return new WebAssembly.Module(readFileSync(require.resolve(path)));
}

/** The version that bench/package.json asks for. */
export function peerVersion(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(BENCH, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return dependencies[name] ?? "";
}
