import type { Scene } from "./scene.ts";

/** What the buckets are asked, by what it is asked for. */
export type Question =
  | "folder marker"
  | "folder list"
  /** Whether the two are one: any object of the sources, whether it is among the saves, and whether it is still the same. */
  | "list of sources"
  | "sample"
  | "sample of sources"
  /** After a stretch that could not be read: it may lie behind the end. */
  | "length of the source"
  /** Before a picture is made that may not be saved. */
  | "condition"
  /** After a put that was not clear. */
  | "look";

/** One fault a question of its kind; the later ones are without. */
export type Asks = Readonly<Partial<Record<Question, readonly AskFault[]>>>;

/** How a call goes wrong that asks a bucket something. */
export interface AskFault {
  /** An error that it is rejected with, or nothing, for ever; what is true where absent. */
  readonly says?: Error | "silence";
  /** Milliseconds until it says so. */
  readonly takesMs?: number;
  /** Throws instead of rejecting. */
  readonly atOnce?: true;
}

/** A call as its fault has it go. */
export function faultyCall<T>(
  scene: Scene,
  name: string,
  fault: AskFault | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (fault?.atOnce && fault.says instanceof Error) throw fault.says;
  return scene.call(name, async () => {
    await scene.pass(fault?.takesMs ?? 0);
    if (fault?.says === "silence") return scene.silence(true);
    if (fault?.says instanceof Error) {
      await scene.reach(`${name} fails`);
      throw fault.says;
    }
    const answer = await work();
    await scene.reach(`${name} answered`);
    return answer;
  });
}

/** Asks a bucket, with the faults that its questions have. */
export type Ask = <T>(question: Question, work: () => Promise<T>) => Promise<T>;

export function faultyAsking(asks: Asks, scene: Scene): Ask {
  const asked = new Map<Question, number>();
  return (question, work) => {
    const before = asked.get(question) ?? 0;
    asked.set(question, before + 1);
    return faultyCall(scene, question, asks[question]?.[before], work);
  };
}
