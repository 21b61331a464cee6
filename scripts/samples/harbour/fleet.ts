import { noiseTile } from "../noise.ts";
import { type Boat, paintBoat } from "./boats.ts";
import { type Floating, floating } from "./floating.ts";

const BOATS: readonly Boat[] = [
  { x: 3050, y: 1728, scale: 28.5, heading: 1, hull: [0.03, 0.045, 0.085], stripe: [0.2, 0.19, 0.22], lamplight: 0.8 },
  { x: 880, y: 1816, scale: 61.5, heading: -1, hull: [0.2, 0.2, 0.27], stripe: [0.1, 0.016, 0.014], lamplight: 1 },
];

/** The boats at anchor in front of the shore, each cut out with room for its mast and both its ends. */
export function fleet(): Floating[] {
  const shimmer = noiseTile(91, 8, 5);
  return BOATS.map((boat) => {
    const [left, top] = [Math.floor(boat.x - 5.2 * boat.scale), Math.floor(boat.y - 12.6 * boat.scale)];
    const [width, height] = [Math.ceil(10.4 * boat.scale), Math.ceil(12.8 * boat.scale)];
    return floating({ left, top, width, height, waterline: boat.y }, (target) =>
      paintBoat(target, { ...boat, x: boat.x - left, y: boat.y - top }, shimmer),
    );
  });
}
