import { disc, stroke } from "../draw.ts";
import type { Light } from "../light.ts";
import { noiseTile, sample, type Tile } from "../noise.ts";
import { clamp, length, smoothstep } from "../scalar.ts";
import { lay, type Surface } from "../surface.ts";
import { LAMPS, lamplight, paintLamp } from "./lamps.ts";
import { DECK, deckSpan, EYE, FOCAL, project } from "./view.ts";

const POSTS = { first: 6.6, spacing: 3.6 } as const;
const RADIUS = 0.115;
const TOP = DECK.height + 0.82;

/** The mooring posts on both sides with ropes between those on the left, and the lamps; the far ones first. */
export function paintPosts(target: Surface): void {
  const grain = noiseTile(81, 8, 6, 0.6);
  const count = Math.floor((DECK.far - POSTS.first) / POSTS.spacing) + 1;
  for (let k = count - 1; k >= 0; k--) {
    const z = POSTS.first + k * POSTS.spacing;
    for (const lamp of LAMPS) {
      if (lamp.z > z && lamp.z <= z + POSTS.spacing) paintLamp(target, lamp);
    }
    if (k < count - 1) paintRope(target, DECK.left - RADIUS, z, z + POSTS.spacing, grain);
    paintPost(target, DECK.left - RADIUS - 0.01, z, grain, k);
    paintPost(target, DECK.right + RADIUS + 0.01, z, grain, k + 40);
  }
}

function paintPost(target: Surface, x: number, z: number, grain: Tile, seed: number): void {
  const scale = FOCAL / z;
  const [cx, top] = project(x, TOP, z);
  const [, deck] = project(x, DECK.height, z);
  const [, foot] = project(x, 0, z);
  const radius = RADIUS * scale;
  // Seen from above, the round top is an ellipse and so is the foot.
  const tilt = (EYE - TOP) / z;
  for (let px = Math.floor(cx - radius); px <= cx + radius; px++) {
    const side = (px + 0.5 - cx) / radius;
    const cover = clamp((1 - Math.abs(side)) * radius + 0.5);
    const bulge = Math.sqrt(Math.max(1 - side * side, 0)) * radius * tilt;
    for (let py = Math.max(Math.floor(top), 0); py < Math.min(foot, target.height); py++) {
      const start = clamp(py + 1 - (top + bulge));
      // The post goes on down to the water beside the deck, which hides most of that from a camera standing on it.
      const hidden = deckSpan(py, 0);
      if (start === 0 || (py > deck && px > hidden.from && px < hidden.to)) continue;
      const up = (deck - py) / scale;
      lay(target, px, py, bark(side, up, z, x, grain, seed), cover * start);
    }
  }
  disc(
    target,
    cx,
    top,
    radius,
    (px, py) => endGrain((px - cx) / radius, (py - top) / (radius * tilt), z, x, grain),
    radius * tilt,
  );
}

function bark(side: number, up: number, z: number, x: number, grain: Tile, seed: number): Light {
  const angle = Math.asin(clamp(side, -1, 1));
  const line = sample(grain, angle * 120 + seed * 50, up * 55 + seed * 31);
  const fine = sample(grain, angle * 400 + seed * 90, up * 150);
  const crack = smoothstep(1.2, 2.2, sample(grain, angle * 150 - seed * 20, up * 28));
  const tone = (0.16 + 0.035 * line + 0.02 * fine) * (1 - 0.6 * crack);
  // The sunset is ahead and to the left: it only rakes the left flank.
  const rim = smoothstep(-0.35, -1, side) * (1 + 0.3 * fine);
  const lamp = lamplight(x, z) * (0.7 + 0.5 * side);
  return [
    tone * (0.17 + 2.9 * rim + 2.0 * lamp),
    tone * 0.86 * (0.165 + 1.35 * rim + 0.95 * lamp),
    tone * 0.74 * (0.24 + 0.6 * rim + 0.3 * lamp),
  ];
}

function endGrain(u: number, v: number, z: number, x: number, grain: Tile): Light {
  const ring = Math.sin(length(u + 0.1, v - 0.05) * 34 + sample(grain, u * 30, v * 30) * 1.1);
  const tone = 0.27 * (1 + 0.16 * ring + 0.1 * sample(grain, u * 70, v * 70));
  const lamp = lamplight(x, z);
  const sky = 0.6 + 0.3 * clamp(-v);
  return [tone * (0.75 * sky + 2.4 * lamp), tone * (0.46 * sky + 1.15 * lamp), tone * (0.42 * sky + 0.36 * lamp)];
}

/** A rope hanging between two posts: a parabola is near enough to a catenary. */
function paintRope(target: Surface, x: number, near: number, far: number, grain: Tile): void {
  const steps = 60;
  for (let k = steps - 1; k >= 0; k--) {
    const points = [k + 1, k].flatMap((step) => {
      const t = step / steps;
      const sag = 4 * t * (1 - t) * 0.42;
      return project(x, TOP - 0.14 - sag, near + (far - near) * t);
    });
    const scale = FOCAL / (near + ((far - near) * k) / steps);
    const [, , cx = 0, cy = 0] = points;
    const width = 0.036 * scale;
    stroke(target, points, width, (px, py) => {
      const across = (px + py * 0.4 - cx - cy * 0.4) / width;
      // The strands wind around the rope at a slant.
      const strand = 0.65 + 0.35 * Math.sin((px * 1.4 + py) / (scale * 0.009)) + 0.12 * sample(grain, px * 3, py * 3);
      const rim = clamp(0.25 - across * 0.5);
      return [strand * (0.05 + 0.3 * rim), strand * (0.046 + 0.15 * rim), strand * (0.05 + 0.07 * rim)];
    });
  }
}
