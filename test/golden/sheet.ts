/**
 * `npm run goldens:sheet`: writes test/golden/sheet.html, one page with all golden pictures and the pictures that they are made
 * of. Where a picture is not as it was, what came out stands beside it.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rgbaPng } from "../../scripts/samples/png.ts";
import type { Raster } from "../../src/pixels/raster.ts";
import { sizeText } from "../../src/plan/size.ts";
import { allGoldens, type Golden, outcomeOf, pictureFile } from "./goldens.ts";
import { rendererOn } from "./rendering.ts";
import { goldenSources } from "./sources.ts";

const SHEET = join(import.meta.dirname, "sheet.html");
const MAGNIFIED = 2;

const STYLE = `
  body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; background: #f4f4f2; color: #222; }
  nav a { margin-right: .8em; }
  section > div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
  figure { margin: 0; padding: .8rem; background: #fff; border-radius: 6px; max-width: 26rem; }
  figure.changed { outline: 3px solid #c33; }
  figcaption code { display: block; overflow-wrap: anywhere; color: #555; font-size: 12px; }
  img { image-rendering: pixelated; image-orientation: none; max-width: 100%; margin-right: .4rem;
    background: repeating-conic-gradient(#ccc 0 25%, #fff 0 50%) 0 0 / 16px 16px; }
`;

const sources = goldenSources();
const render = rendererOn(sources);
const goldens = allGoldens();
const commands = [...new Set(goldens.map(({ command }) => command))];

const parts = [
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Golden pictures</title><style>${STYLE}</style>`,
  `<h1>Golden pictures</h1><p>${goldens.length} pictures, ${MAGNIFIED} times as large as they are.</p>`,
  `<nav>${["sources", ...commands].map((name) => `<a href="#${name}">${name}</a>`).join("")}</nav>`,
  section(
    "sources",
    [...sources].map(([key, bytes]) => figure("", escaped(key), [image(bytes)])),
  ),
];
for (const command of commands) {
  const figures: string[] = [];
  for (const golden of goldens) if (golden.command === command) figures.push(await figureOf(golden));
  parts.push(section(command, figures));
}
writeFileSync(SHEET, parts.join("\n"));
console.log(SHEET);

async function figureOf(golden: Golden): Promise<string> {
  const { got, complaint } = await outcomeOf(golden, render);
  const file = pictureFile(golden);
  const wanted = existsSync(file) ? [image(readFileSync(file))] : [];
  const text = `<b>${escaped(golden.id)}</b> ${sizeText(got.size)}<br>${escaped(golden.why)}<code>${escaped(golden.url)}</code>`;
  if (complaint === undefined) return figure("", text, wanted);
  return figure("changed", `${text}<p>${escaped(complaint)}</p>`, [...wanted, image(pngOf(got))]);
}

function section(name: string, figures: readonly string[]): string {
  return `<section id="${name}"><h2>${name}</h2><div>${figures.join("\n")}</div></section>`;
}

function figure(kind: string, caption: string, images: readonly string[]): string {
  return `<figure class="${kind}">${images.join("")}<figcaption>${caption}</figcaption></figure>`;
}

function image(bytes: Uint8Array): string {
  const type = bytes[0] === 0x89 ? "png" : "jpeg";
  const data = Buffer.from(bytes).toString("base64");
  return `<img alt="" style="zoom: ${MAGNIFIED}" src="data:image/${type};base64,${data}">`;
}

function pngOf({ size, data }: Raster): Uint8Array {
  return rgbaPng(data, size.width, size.height);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
