import { blockBytes, type Kernels } from "../../pixels/kernels.ts";
import type { Frame } from "./frame.ts";

const PIXEL = 4;
/** Kernels convert so many pixels at a time. */
const VECTOR = 16;
/** Bytes of pixels that are copied in at a time, where they do not lie in the memory of the kernels; and one row at least. */
const STAGE_BYTES = 65_536;

/** Samples of a component in a row of MCUs. */
interface Plane {
  readonly address: number;
  readonly stride: number;
  readonly lines: number;
}

function planeSizes({
  units,
  unit,
  components,
}: Frame): readonly { readonly stride: number; readonly lines: number }[] {
  const width = Math.ceil((units.width * unit.width) / VECTOR) * VECTOR;
  const most = components[0]?.across ?? 1;
  return components.map(({ across, down }) => ({ stride: (width * across) / most, lines: 8 * down }));
}

function stageRows({ size, unit }: Frame): number {
  return Math.min(Math.max(Math.floor(STAGE_BYTES / (size.width * PIXEL)), 1), unit.height);
}

/** Bytes of a row of sums, u16, of one chrominance, where it is of half size. */
function sumsBytes({ units, unit, components }: Frame): number {
  return components[0]?.across === 2 ? units.width * unit.width : 0;
}

/** Bytes of the arena that they take. */
export function sampleRowsBytes(frame: Frame): number {
  const planes = planeSizes(frame).reduce((sum, { stride, lines }) => sum + blockBytes(stride * lines), 0);
  return planes + blockBytes(stageRows(frame) * frame.size.width * PIXEL) + 4 * blockBytes(sumsBytes(frame));
}

/**
 * Makes samples of pixels, one row of MCUs at a time: YCbCr of JFIF, as libjpeg does it, with the edges of the picture
 * repeated to whole blocks.
 */
export class SampleRows {
  readonly planes: readonly Plane[];
  readonly #kernels: Kernels;
  readonly #frame: Frame;
  readonly #stage: number;
  readonly #stageRows: number;
  /** Sums of chrominance of an even row and of an odd one: blue, red, blue, red. */
  readonly #sums: readonly number[];
  /** Rows that were taken, of the picture and of this row of MCUs. */
  #rows = 0;
  #lines = 0;

  constructor(kernels: Kernels, frame: Frame) {
    this.#kernels = kernels;
    this.#frame = frame;
    this.planes = planeSizes(frame).map(({ stride, lines }) => {
      return { address: kernels.reserve(stride * lines), stride, lines };
    });
    this.#stageRows = stageRows(frame);
    this.#stage = kernels.reserve(this.#stageRows * frame.size.width * PIXEL);
    this.#sums = Array.from({ length: 4 }, () => kernels.reserve(sumsBytes(frame)));
  }

  get rows(): number {
    return this.#rows;
  }

  /**
   * Takes rows and stops whenever a row of MCUs is whole: then its samples must be used before the next.
   *
   * What lies in the memory of the kernels is not copied, and may be detached meanwhile.
   *
   * @param pixels whole rows, RGBA8, no more than are left
   */
  *take(pixels: Uint8Array): Generator<void, void> {
    const { buffer, byteOffset, length } = pixels;
    const rowBytes = this.#frame.size.width * PIXEL;
    const isInside = buffer === this.#kernels.run.memory.buffer;
    const atOnce = isInside ? length : this.#stageRows * rowBytes;
    for (let from = 0; from < length; from += atOnce) {
      const bytes = Math.min(atOnce, length - from);
      if (!isInside) this.#kernels.bytesAt(this.#stage, bytes).set(pixels.subarray(from, from + bytes));
      const address = isInside ? byteOffset : this.#stage;
      for (let row = 0; row < bytes; row += rowBytes) {
        this.#convert(address + row);
        this.#lines++;
        this.#rows++;
        if (this.#lines < this.#frame.unit.height && this.#rows < this.#frame.size.height) continue;
        this.#repeatLastLine();
        this.#lines = 0;
        yield;
      }
    }
  }

  #convert(from: number): void {
    const { run } = this.#kernels;
    const { width } = this.#frame.size;
    const [luma, blue, red] = this.planes;
    if (luma === undefined) return;
    const to = luma.address + this.#lines * luma.stride;
    if (blue === undefined || red === undefined) {
      run.lumaRow(from, to, width);
    } else if (blue.lines === luma.lines) {
      const line = this.#lines * blue.stride;
      run.fullChromaRow(from, to, blue.address + line, red.address + line, width);
    } else {
      const odd = (this.#lines & 1) * 2;
      run.halfChromaRow(from, to, this.#sums[odd] ?? 0, this.#sums[odd + 1] ?? 0, width);
      if (odd > 0) this.#average(this.#lines >> 1, 2);
    }
  }

  /** @param below which sums are those of the second row; the first ones again where there is none */
  #average(line: number, below: 0 | 2): void {
    for (const [index, { address, stride }] of this.planes.slice(1).entries()) {
      const [first, second] = [this.#sums[index] ?? 0, this.#sums[below + index] ?? 0];
      this.#kernels.run.averageSums(first, second, address + line * stride, stride);
    }
  }

  /** Repeats the last line of the picture to a whole row of MCUs. Source: libjpeg, pre_process_data in jcprepct.c. */
  #repeatLastLine(): void {
    const { height } = this.#frame.unit;
    if (this.#lines === height) return;
    if (height > 8 && (this.#lines & 1) === 1) this.#average(this.#lines >> 1, 0);
    for (const { address, stride, lines } of this.planes) {
      const came = Math.ceil((this.#lines * lines) / height);
      const plane = this.#kernels.bytesAt(address, stride * lines);
      for (let line = came; line < lines; line++) plane.copyWithin(line * stride, (came - 1) * stride, came * stride);
    }
  }
}
