import { chance } from "../scripts/samples/chance.ts";

const HEADER = [
  ...["Id", "Path", "MaskPath", "Anchor", "Modifier", "PostModifier", "Expiration", "TimeStamp", "Resolution"],
  ...["PrintResolution", "Size", "ThumbRes", "ThumbType", "IccProfile", "Map", "Targets", "UserData", "ImageSet"],
  ...["AssetType", ".Buyer"],
];
const KINDS = ["shoe", "jacket", "trousers", "scarf", "umbrella", "knitwear", "accessory"];
const COLOURS = ["anthracite", "off-white", "navy", "burgundy", "olive", "sand"];
const VIEWS = ["front", "back", "side", "detail", "worn"];
const MODIFIERS = [
  "op_usm=1.2,0.8,4,0&resMode=sharp2&bgc=255,255,255&qlt=85,1",
  "crop=120,80,2400,3000&op_sharpen=1&fmt=jpeg&qlt=90",
  "$frame$&size=1200,1200&extend=40,40,40,40&bgColor=f4f4f0",
];

/** A file of image data as shops have them: some fields in every record, others in few, most in none. 9 MB of 50,000. */
export function imageDataFile(records: number): Uint8Array<ArrayBuffer> {
  const next = chance(records);
  const oneOf = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const sometimes = (share: number, value: () => string) => (next() < share ? value() : "");
  const whole = (most: number) => String(Math.floor(next() * most));
  const lines = [HEADER.join("\t")];
  for (let record = 0; record < records; record++) {
    const kind = oneOf(KINDS);
    const name = `${kind}-${String(record).padStart(6, "0")}-${oneOf(COLOURS)}-${oneOf(VIEWS)}`;
    const fields = [
      name,
      `products/2026/${kind}/${name}.tif`,
      sometimes(0.1, () => `products/2026/${kind}/${name}-mask.tif`),
      sometimes(0.15, () => `${whole(3000)},${whole(3000)}`),
      sometimes(0.6, () => oneOf(MODIFIERS)),
      sometimes(0.05, () => "qlt=95"),
      sometimes(0.1, () => "24"),
      `${1_700_000_000_000 + Math.floor(next() * 6e10)}`,
      sometimes(0.3, () => "300"),
      "",
      `${1000 + Math.floor(next() * 3000)},${1000 + Math.floor(next() * 3000)}`,
      ...["", ""],
      sometimes(0.05, () => "sRGB"),
      "",
      sometimes(0.03, () => `"Target.1.rect=${whole(500)},${whole(500)},200,200??Target.1.label=""new"""`),
      sometimes(0.2, () => `sku=${record}??season=AW26`),
      sometimes(0.05, () => VIEWS.map((view) => `acme/${kind}-${view}`).join(",")),
      "",
      sometimes(0.5, () => oneOf(["m.keller", "j.sørensen", "buying-team-north"])),
    ];
    lines.push(fields.join("\t"));
  }
  return new TextEncoder().encode(`\ufeff${lines.join("\r\n")}\r\n`);
}
