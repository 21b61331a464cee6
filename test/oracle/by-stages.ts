import { layerTransform } from "../../src/plan/layer.ts";
import { replyOf } from "../../src/plan/reply.ts";
import type { Rect, Size } from "../../src/plan/size.ts";
import { viewOf } from "../../src/plan/view.ts";
import type { Colour } from "../../src/protocol/grammar/colour.ts";
import type { ImageRequest } from "../../src/protocol/request.ts";
import { TEXTBOOK, type TextbookFilter } from "./filters.ts";
import { cut, faded, flipped, laid, over, type Stage, turned, within } from "./stages.ts";

const UNLIMITED = { width: 0, height: 0 };
const WHITE: Colour = { space: "gray", components: [1], alpha: 1, inSourceSpace: false };

export interface ByStages {
  readonly picture: Stage;
  /** Pixels of the reply a pixel of the composite, along the axis that has more of them. */
  readonly scale: number;
}

/**
 * Renders a request as protocol.md 5.1 to 5.6 tell it: every stage a picture of its own, at the resolution that the protocol
 * names, in float64. What the product does at once, at the size of the reply, is scaled here as often as it is said to be.
 *
 * The sizes of layer, view and reply are taken from the planner, whose tests hold them against the worked examples; where
 * each pixel goes is said here once more.
 *
 * @param opaque whether the reply lies on `bgc=`, which is white by itself
 */
export function renderedByStages(request: ImageRequest, source: Stage, opaque: boolean): ByStages {
  const filter = TEXTBOOK[nameOf(request.request.resMode)];
  const commands = request.layers.find(({ number }) => number === 0)?.commands ?? {};
  let picture = layerOf(source, commands, filter);

  const { flip, opac } = request.composite.commands;
  picture = faded(flipped(picture, flip), opacityOf(opac));

  const { scale, ...reply } = replied(picture, request, filter);
  return { picture: opaque ? over(reply, { ...(request.view.bgc ?? WHITE), alpha: 1 }) : reply, scale };
}

function nameOf(resMode: string | undefined): keyof typeof TEXTBOOK {
  return resMode === "bilin" || resMode === "bicub" || resMode === "bisharp" ? resMode : "sharp2";
}

function opacityOf(opac: { opacity: number; fill?: number } | undefined): number {
  return ((opac?.opacity ?? 100) * (opac?.fill ?? 100)) / 10_000;
}

/** protocol.md 5.2, steps 1 to 6. */
function layerOf(source: Stage, commands: ImageRequest["layers"][number]["commands"], filter: TextbookFilter): Stage {
  const { scaled, turned: box, size } = layerTransform(source, commands, 72);
  const crop = cropOf(source, commands);
  const across = scaled.width / crop.width;
  const down = scaled.height / crop.height;
  const lies = { x: -crop.x * across, y: -crop.y * down, width: source.width * across, height: source.height * down };
  let picture = laid(source, lies, scaled, filter);
  picture = faded(flipped(picture, commands.flip), opacityOf(commands.opac));
  picture = over(picture, commands.color);
  if ((commands.rotate ?? 0) % 360 !== 0) picture = turned(picture, commands.rotate ?? 0, box, TEXTBOOK.bicub);
  const { extend, extendN } = commands;
  const left = extend?.left ?? Math.floor((extendN?.left ?? 0) * box.width + 0.5);
  const top = extend?.top ?? Math.floor((extendN?.top ?? 0) * box.height + 0.5);
  return over(cut(picture, { x: -left, y: -top, ...size }), commands.bgColor);
}

function cropOf({ width, height }: Size, { crop, cropN }: ImageRequest["layers"][number]["commands"]): Rect {
  if (crop !== undefined) return crop;
  if (cropN === undefined) return { x: 0, y: 0, width, height };
  const edge = (share: number, length: number) => Math.floor(share * length + 0.5);
  const x = edge(cropN.x, width);
  const y = edge(cropN.y, height);
  return {
    x,
    y,
    width: Math.max(1, edge(cropN.x + cropN.width, width) - x),
    height: Math.max(1, edge(cropN.y + cropN.height, height) - y),
  };
}

/** protocol.md 5.6: a point p of the composite goes to (p − r) · s + o of the view, and that, times the scale of `rect=`, to the reply. */
function replied(composite: Stage, { view: commands, request }: ImageRequest, filter: TextbookFilter) {
  const view = viewOf(composite, commands, { DefaultPix: UNLIMITED, DefaultUpscale: false });
  const { size } = replyOf(view, { ...commands, ...request }, UNLIMITED);
  const region = commands.rgn ?? { x: 0, y: 0, ...composite };
  const { horizontal, vertical } = commands.align ?? { horizontal: 0, vertical: 0 };
  const scale = { x: view.scaled.width / region.width, y: view.scaled.height / region.height };
  const offset = {
    x: Math.floor(((view.size.width - view.scaled.width) * (1 + horizontal)) / 2),
    y: Math.floor(((view.size.height - view.scaled.height) * (1 + vertical)) / 2),
  };

  const ratio = request.dpr?.switch === "on" ? (request.dpr.ratio ?? 1) : 1;
  const { x = 0, y = 0, scale: factor = 1 } = commands.rect ?? {};
  const corner = { x: Math.floor(x * ratio + 0.5), y: Math.floor(y * ratio + 0.5) };
  const stretched = {
    width: Math.max(1, Math.floor(view.size.width * factor * ratio + 0.5)),
    height: Math.max(1, Math.floor(view.size.height * factor * ratio + 0.5)),
  };
  const again = { x: stretched.width / view.size.width, y: stretched.height / view.size.height };
  const lies = {
    x: (offset.x - region.x * scale.x) * again.x - corner.x,
    y: (offset.y - region.y * scale.y) * again.y - corner.y,
    width: composite.width * scale.x * again.x,
    height: composite.height * scale.y * again.y,
  };
  const reply = within(laid(composite, lies, size, filter), { x: -corner.x, y: -corner.y, ...stretched });
  return { ...reply, scale: Math.max(scale.x * again.x, scale.y * again.y) };
}
