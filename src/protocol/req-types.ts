import { fields } from "./grammar/compound.ts";
import { keyword } from "./grammar/scalar.ts";

/** How the answer to a request type may be written. Source: protocol.md 4.1, 7.1. */
const REPLY_FORMATS = ["text", "javascript", "xml", "json"] as const;
export type ReplyFormat = (typeof REPLY_FORMATS)[number];

interface ReqTypeRow {
  readonly type: string;
  readonly about: string;
  /** Formats that may stand behind the type. */
  readonly formats: readonly ReplyFormat[];
  readonly state: "done" | "planned";
}

const PROPERTIES = REPLY_FORMATS;
const DATA: readonly ReplyFormat[] = ["text", "xml", "json"];

/** The request types of `req=`. Source: protocol.md 4.1. */
export const REQ_TYPES = [
  { type: "img", about: "the picture", formats: [], state: "done" },
  { type: "saveToFile", about: "saves the picture and answers with properties", formats: [], state: "done" },
  { type: "validate", about: "whether the request can be understood", formats: PROPERTIES, state: "done" },
  { type: "resolve", about: "the request after all substitutions", formats: [], state: "done" },
  { type: "plan", about: "what would be done, as JSON; not part of the protocol", formats: [], state: "done" },
  { type: "mask", about: "the alpha channel of the picture", formats: [], state: "planned" },
  { type: "tmb", about: "a thumbnail", formats: [], state: "planned" },
  { type: "props", about: "properties of the reply", formats: PROPERTIES, state: "planned" },
  { type: "imageprops", about: "properties of the source", formats: PROPERTIES, state: "planned" },
  { type: "catalogprops", about: "attributes of the catalog", formats: PROPERTIES, state: "planned" },
  { type: "exists", about: "whether the catalog has the record", formats: PROPERTIES, state: "planned" },
  { type: "imageset", about: "the image set of the record", formats: PROPERTIES, state: "planned" },
  { type: "set", about: "the media set of the record", formats: ["xml", "json"], state: "planned" },
  { type: "targets", about: "the zoom targets of the record", formats: DATA, state: "planned" },
  { type: "userdata", about: "the user data of the record", formats: DATA, state: "planned" },
  { type: "map", about: "the image map", formats: DATA, state: "planned" },
  { type: "xmp", about: "the XMP packet of the source", formats: [], state: "planned" },
  { type: "xlate", about: "the locale variants of the object", formats: PROPERTIES, state: "planned" },
  { type: "mbrSet", about: "a streaming manifest", formats: ["text", "xml"], state: "planned" },
  { type: "loadcache", about: "renders without answering with the picture", formats: [], state: "planned" },
  { type: "message", about: "writes to the log of the server", formats: [], state: "planned" },
] as const satisfies readonly ReqTypeRow[];

export type ReqType = (typeof REQ_TYPES)[number]["type"];
/** The types that this version carries out. */
export type BuiltReqType = Extract<(typeof REQ_TYPES)[number], { state: "done" }>["type"];

const ENCODINGS = ["UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"] as const;

/** `type[,format][,encoding]`; `validate` also takes `strict`, and `jsonp` is `json`. */
export const req = fields(
  { type: keyword(...REQ_TYPES.map((row) => row.type)) },
  { format: keyword(...REPLY_FORMATS, "jsonp", "strict"), option: keyword(...ENCODINGS, "strict") },
);
