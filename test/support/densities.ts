/** The segment, or the chunk's content, that tags a file with a resolution; read as the specifications put it. */

export interface Jfif {
  /** 0: the densities are a shape; 1: dots per inch; 2: per centimetre. */
  readonly units: number;
  readonly x: number;
  readonly y: number;
}

/** The JFIF segment right behind SOI, where it has to be. Source: ITU-T T.871, 10.1. */
export function jfifOf(file: Uint8Array): Jfif | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (bytes.toString("latin1", 6, 11) !== "JFIF\0" || bytes.readUInt32BE(0) !== 0xffd8ffe0) return undefined;
  return { units: bytes.readUInt8(13), x: bytes.readUInt16BE(14), y: bytes.readUInt16BE(16) };
}

export interface Phys {
  readonly x: number;
  readonly y: number;
  /** 1: per metre. */
  readonly unit: number;
}

/** The types of all chunks, and what pHYs says. Source: PNG (Third Edition), 5.3, 11.3.4.3. */
export function chunksOf(file: Uint8Array): { readonly types: readonly string[]; readonly phys: Phys | undefined } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const types: string[] = [];
  let phys: Phys | undefined;
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12) {
    const type = bytes.toString("latin1", at + 4, at + 8);
    types.push(type);
    if (type === "pHYs") {
      phys = { x: bytes.readUInt32BE(at + 8), y: bytes.readUInt32BE(at + 12), unit: bytes.readUInt8(at + 16) };
    }
  }
  return { types, phys };
}
