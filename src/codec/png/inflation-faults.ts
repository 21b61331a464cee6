import type { Fault } from "../../faults.ts";
import { broken } from "./broken.ts";

/** What is wrong with a stream, by the number that the kernel has for it (wasm/kernels/inflate/faults.ts). */
export const STREAM_FAULTS: ReadonlyMap<number, string> = new Map([
  [16, "data that begins with no zlib header"],
  [17, "data of a compression method that is not deflate"],
  [18, "data with a window of more than 32768 bytes"],
  [19, "data that wants a dictionary"],
  [20, "data with a block of a type that there is not"],
  [21, "data with a stored block whose length is damaged"],
  [22, "data with more codes than there are symbols"],
  [23, "data with impossible codes for lengths of codes"],
  [24, "data with a repeated length where there is none, or too many"],
  [25, "data with a block that has no end"],
  [26, "data with impossible codes for literals"],
  [27, "data with impossible codes for distances"],
  [28, "data with a code for no literal"],
  [29, "data with a code for no distance"],
  [30, "data that repeats what was never there"],
  [31, "data whose checksum is wrong"],
]);

export function streamFault(number: number): Fault {
  const what = STREAM_FAULTS.get(number);
  if (what === undefined) throw new Error(`the inflating kernel answered ${number}`);
  return broken(what);
}
