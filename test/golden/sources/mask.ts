import { CHART_SIZE } from "./chart.ts";

/** Levels of gray: a black frame, and inside of it a ramp from left to right with a white disc in the middle. */
export function mask(): { readonly width: number; readonly height: number; readonly data: Uint8Array } {
  const { width, height } = CHART_SIZE;
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    if (Math.min(x, y, width - 1 - x, height - 1 - y) < 8) return 0;
    const from = Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2);
    const disc = Math.min(1, Math.max(0, 24 - from));
    return Math.round(255 * disc + ((1 - disc) * (255 * x)) / width);
  });
  return { width, height, data };
}
