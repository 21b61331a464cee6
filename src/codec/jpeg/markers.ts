/** Marker codes, the byte behind 0xFF. Source: ITU-T T.81, table B.1. */
export const MARKER = {
  SOF0: 0xc0,
  SOF1: 0xc1,
  SOF2: 0xc2,
  DHT: 0xc4,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DNL: 0xdc,
  DRI: 0xdd,
  APP0: 0xe0,
  APP1: 0xe1,
  APP14: 0xee,
} as const;

/** Any number of these may stand before a marker. */
export const FILL = 0xff;

/** Frame headers by marker; some name why their frames are not supported. Source: T.81, table B.1. */
export const FRAMES: ReadonlyMap<number, { readonly refused?: string }> = new Map([
  [MARKER.SOF0, {}], // baseline
  [MARKER.SOF1, {}], // extended sequential, Huffman
  [MARKER.SOF2, {}], // progressive, Huffman
  [0xc3, { refused: "a lossless JPEG" }],
  [0xc5, { refused: "a hierarchical JPEG" }],
  [0xc6, { refused: "a hierarchical JPEG" }],
  [0xc7, { refused: "a lossless hierarchical JPEG" }],
  [0xc9, { refused: "an arithmetic-coded JPEG" }],
  [0xca, { refused: "an arithmetic-coded JPEG" }],
  [0xcb, { refused: "a lossless arithmetic-coded JPEG" }],
  [0xcd, { refused: "a hierarchical arithmetic-coded JPEG" }],
  [0xce, { refused: "a hierarchical arithmetic-coded JPEG" }],
  [0xcf, { refused: "a lossless hierarchical arithmetic-coded JPEG" }],
]);

export function isRestart(marker: number): boolean {
  return marker >= MARKER.RST0 && marker <= MARKER.RST7;
}

/** Markers without a segment behind them: TEM, RST0–7, SOI. */
export function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= MARKER.RST0 && marker <= MARKER.SOI);
}
