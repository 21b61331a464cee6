import { layerTransform } from "../../src/plan/layer.ts";
import { replyOf } from "../../src/plan/reply.ts";
import { viewOf } from "../../src/plan/view.ts";
import type { Colour } from "../../src/protocol/grammar/colour.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { opaqueRgb } from "../../src/protocol/rgb.ts";

/** Red, green, blue, alpha, 0..255, not premultiplied. */
export type Pixel = readonly [number, number, number, number];

/** A picture as rows of pixels: slow, and plain. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): Pixel;
}

const NOTHING: Pixel = [0, 0, 0, 0];

function grid(width: number, height: number, at: (x: number, y: number) => Pixel): Grid {
  const pixels = Array.from({ length: width * height }, (_, index) => at(index % width, Math.floor(index / width)));
  const inside = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height;
  return { width, height, at: (x, y) => (inside(x, y) ? (pixels[y * width + x] ?? NOTHING) : NOTHING) };
}

export function gridOf({ width, height, data }: { width: number; height: number; data: Uint8Array }): Grid {
  return grid(width, height, (x, y) => {
    const [r = 0, g = 0, b = 0, a = 0] = data.subarray((y * width + x) * 4);
    return [r, g, b, a];
  });
}

/**
 * Renders a request stage by stage, every stage a picture of its own at the size of the composite, as protocol.md 5.1 to
 * 5.6 tell it. Nothing may be scaled, and layers may be turned by quarters only: then every pixel of the reply is one of
 * the source, mixed with the colours that lie under it.
 *
 * The sizes of layer and view are taken from the planner, whose tests hold them against the worked examples; where each
 * pixel goes is said here once more.
 *
 * @param opaque whether the reply lies on `bgc=`, which is white by itself
 */
export function rendered(request: ImageRequest, source: Grid, mask: Grid | undefined, opaque: boolean): Grid {
  const commands = request.layers.find(({ number }) => number === 0)?.commands ?? {};
  const layer = layerTransform(source, commands, 72);

  let picture = masked(source, mask, commands.maskUse ?? "norm");
  picture = cropped(picture, layer.crop.x, layer.crop.y, layer.crop.width, layer.crop.height);
  picture = flipped(picture, commands.flip);
  const { opacity = 100, fill = 100 } = commands.opac ?? {};
  picture = each(picture, ([r, g, b, a]) => [r, g, b, (a * opacity * fill) / 10_000]);
  picture = over(picture, commands.color);
  const quarters = ((((commands.rotate ?? 0) / 90) % 4) + 4) % 4;
  for (let turn = 0; turn < quarters; turn++) picture = turnedRight(picture);
  picture = cropped(picture, -layer.at.x, -layer.at.y, layer.size.width, layer.size.height);
  picture = over(picture, commands.bgColor);

  const composite = request.composite.commands;
  picture = flipped(picture, composite.flip);
  const whole = composite.opac ?? { opacity: 100 };
  picture = each(picture, ([r, g, b, a]) => [r, g, b, (a * whole.opacity * (whole.fill ?? 100)) / 10_000]);

  const defaults = { DefaultPix: { width: 0, height: 0 }, DefaultUpscale: false };
  const view = viewOf(picture, request.view, defaults);
  picture = cropped(picture, -view.composite.x, -view.composite.y, view.size.width, view.size.height);
  const reply = replyOf(view, { ...request.view, ...request.request }, { width: 0, height: 0 });
  picture = cropped(picture, -reply.view.x, -reply.view.y, reply.size.width, reply.size.height);
  const white: Colour = { space: "gray", components: [1], alpha: 1, inSourceSpace: false };
  const paper = request.view.bgc ?? white;
  return opaque ? over(picture, { ...paper, alpha: 1 }) : picture;
}

/** protocol.md 3.4: a mask, which has no alpha of its own, takes the place of the picture's own alpha; without either it is an opaque rectangle. */
function masked(picture: Grid, mask: Grid | undefined, use: "norm" | "invert" | "off"): Grid {
  return grid(picture.width, picture.height, (x, y) => {
    const [r, g, b, own] = picture.at(x, y);
    if (use === "off") return [r, g, b, 255];
    const [red, green, blue] = mask?.at(x, y) ?? NOTHING;
    const alpha = mask === undefined ? own : Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    return [r, g, b, use === "invert" ? 255 - alpha : alpha];
  });
}

function cropped(picture: Grid, left: number, top: number, width: number, height: number): Grid {
  return grid(width, height, (x, y) => picture.at(left + x, top + y));
}

function flipped(picture: Grid, flip: "lr" | "ud" | "lrud" | undefined): Grid {
  const { width, height } = picture;
  const across = flip === "lr" || flip === "lrud";
  const down = flip === "ud" || flip === "lrud";
  return grid(width, height, (x, y) => picture.at(across ? width - 1 - x : x, down ? height - 1 - y : y));
}

function turnedRight(picture: Grid): Grid {
  const { width, height } = picture;
  return grid(height, width, (x, y) => picture.at(y, height - 1 - x));
}

function each(picture: Grid, change: (pixel: Pixel) => Pixel): Grid {
  return grid(picture.width, picture.height, (x, y) => change(picture.at(x, y)));
}

/** The picture over a colour. */
function over(picture: Grid, colour: Colour | undefined): Grid {
  if (colour === undefined) return picture;
  const under = opaqueRgb(colour);
  return each(picture, ([r, g, b, a]) => {
    const through = colour.alpha * (255 - a);
    const alpha = a + through;
    if (alpha === 0) return NOTHING;
    const mixed = (top: number, bottom: number) => (top * a + bottom * through) / alpha;
    return [mixed(r, under[0]), mixed(g, under[1]), mixed(b, under[2]), alpha];
  });
}
