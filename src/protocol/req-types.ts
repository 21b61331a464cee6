/** The request types of `req=`. Source: protocol.md 4.1. */
export const REQ_TYPES = [
  { type: "img", about: "the picture", state: "done" },
  { type: "saveToFile", about: "saves the picture and answers with properties", state: "done" },
  { type: "mask", about: "the alpha channel of the picture", state: "planned" },
  { type: "tmb", about: "a thumbnail", state: "planned" },
  { type: "props", about: "properties of the reply", state: "planned" },
  { type: "imageprops", about: "properties of the source", state: "planned" },
  { type: "catalogprops", about: "attributes of the catalog", state: "planned" },
  { type: "exists", about: "whether the catalog has the record", state: "planned" },
  { type: "imageset", about: "the image set of the record", state: "planned" },
  { type: "set", about: "the media set of the record", state: "planned" },
  { type: "targets", about: "the zoom targets of the record", state: "planned" },
  { type: "userdata", about: "the user data of the record", state: "planned" },
  { type: "map", about: "the image map", state: "planned" },
  { type: "xmp", about: "the XMP packet of the source", state: "planned" },
  { type: "xlate", about: "the locale variants of the object", state: "planned" },
  { type: "mbrSet", about: "a streaming manifest", state: "planned" },
  { type: "loadcache", about: "renders without answering with the picture", state: "planned" },
  { type: "resolve", about: "the request after all substitutions", state: "planned" },
  { type: "validate", about: "whether the request can be understood", state: "planned" },
  { type: "message", about: "writes to the log of the server", state: "planned" },
] as const;

export type ReqType = (typeof REQ_TYPES)[number]["type"];
/** The types that this version carries out. */
export type BuiltReqType = Extract<(typeof REQ_TYPES)[number], { state: "done" }>["type"];

const BY_NAME: ReadonlyMap<string, (typeof REQ_TYPES)[number]> = new Map(
  REQ_TYPES.map((row) => [row.type.toLowerCase(), row]),
);

/** Names are compared without case. */
export function reqType(name: string): (typeof REQ_TYPES)[number] | undefined {
  return BY_NAME.get(name.toLowerCase());
}
