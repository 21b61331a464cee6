import { developed } from "./develop.ts";
import { fleet } from "./harbour/fleet.ts";
import { paintFloating } from "./harbour/floating.ts";
import { paintDeck } from "./harbour/jetty.ts";
import { paintMountains, shoreline } from "./harbour/land.ts";
import { paintLighthouse } from "./harbour/lighthouse.ts";
import { mirror } from "./harbour/mirror.ts";
import { paintPosts } from "./harbour/posts.ts";
import { paintSky } from "./harbour/sky.ts";
import { paintTown } from "./harbour/town.ts";
import { paintTrees } from "./harbour/trees.ts";
import { HEIGHT, WIDTH } from "./harbour/view.ts";
import { paintWater } from "./harbour/water.ts";
import { jpeg } from "./jpeg.ts";
import { surface } from "./surface.ts";

const LOOK = { exposure: 0.72, grain: 2.6, seed: 99 } as const;
const QUALITY = 85;

/** A harbour at dusk, the far things first: what is painted later covers what is there, and the water mirrors it. */
export async function harbour(): Promise<Uint8Array> {
  const scene = surface(WIDTH, HEIGHT);
  const shore = shoreline();
  paintSky(scene);
  const ridge = paintMountains(scene, shore);
  paintTrees(scene, ridge, shore);
  paintTown(scene, shore);
  paintLighthouse(scene, shore);

  const boats = fleet();
  const above = mirror(scene, shore);
  paintWater(scene, shore, above, boats);
  for (const boat of boats) paintFloating(scene, boat);
  paintDeck(scene, above);
  paintPosts(scene);
  return jpeg(developed(scene, LOOK), WIDTH, HEIGHT, QUALITY);
}
