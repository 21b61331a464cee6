import { type CodecModules, type Codecs, codecsOf } from "../codec/codecs.ts";
import { Shelf } from "../codec/foreign/reusable.ts";
import { FILTERS } from "../pixels/filters.ts";
import { needsOf } from "../pixels/needs.ts";
import { KernelPool } from "../pixels/pool.ts";
import type { Craft } from "../plan/craft.ts";
import { Gate } from "./gate.ts";
import type { Stock } from "./room.ts";
import { stepBytes } from "./steps.ts";

/** What rendering needs besides its plan: one an isolate. */
export interface Engine {
  readonly codecs: Codecs;
  readonly kernels: KernelPool;
  readonly gate: Gate;
}

export function engineOf(modules: CodecModules & { readonly kernels: WebAssembly.Module }): Engine {
  const shelf = new Shelf();
  const kernels = new KernelPool(modules.kernels);
  return { codecs: codecsOf(modules, shelf), kernels, gate: new Gate(stockOf(shelf, kernels)) };
}

function stockOf(shelf: Shelf, kernels: KernelPool): Stock {
  return {
    get idleCodecs() {
      return shelf.idle;
    },
    get idleKernels() {
      return kernels.idleBytes;
    },
    get others() {
      return shelf.heldBytes - shelf.idleBytes + kernels.unclaimedBytes;
    },
    dropCodec: (codec) => shelf.drop(codec),
    dropKernels: () => kernels.dropIdle(),
  };
}

/** What the engine can do, and what it takes, as the planner asks for it. */
export function craftOf({ codecs }: Pick<Engine, "codecs">): Craft {
  return {
    ...codecs,
    resampling: (resample, alpha) => needsOf({ ...resample, filter: FILTERS[resample.filter], alpha }),
    stepBytes,
  };
}
