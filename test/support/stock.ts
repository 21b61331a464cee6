import type { CodecName } from "../../src/plan/craft.ts";
import type { Stock } from "../../src/render/room.ts";

/** What lies beside the pictures of an isolate that has none: whatever is dropped is there until it is collected. */
export class FakeStock implements Stock {
  readonly idleCodecs = new Map<CodecName, number>();
  idleKernels = 0;
  others = 0;
  /** In the order in which they were dropped. */
  readonly dropped: (CodecName | "kernels")[] = [];

  dropCodec(codec: CodecName): void {
    this.others += this.idleCodecs.get(codec) ?? 0;
    this.idleCodecs.delete(codec);
    this.dropped.push(codec);
  }

  /** All of them are one instance here. */
  dropKernels(): void {
    this.others += this.idleKernels;
    this.idleKernels = 0;
    this.dropped.push("kernels");
  }

  /** An instance was used, and has grown to this if it was smaller. */
  used(codec: CodecName, bytes: number): void {
    const before = this.idleCodecs.get(codec) ?? 0;
    this.idleCodecs.delete(codec);
    this.idleCodecs.set(codec, Math.max(before, bytes));
  }

  collect(): void {
    this.others = 0;
  }
}
