import { coord } from "../../protocol/grammar/geometry.ts";
import type { GrammarValue, Reader } from "../../protocol/grammar/grammar.ts";
import { int, real } from "../../protocol/grammar/scalar.ts";
import { digimarcInfo } from "../attributes/grammars.ts";
import { timeStamp } from "../time/time-stamp.ts";
import {
  assetType,
  bitRate,
  brief,
  filePath,
  imageSet,
  pixelSize,
  profileName,
  recordHours,
  recordText,
} from "./grammars.ts";
import { areas, targets } from "./markup.ts";

/** A field of image data. An empty one is absent. */
export interface RecordFieldRow {
  readonly grammar: Reader<unknown>;
  /** `kept` is read and checked, and nothing asks for it yet: a malformed one is noted, and absent. */
  readonly state: "done" | "kept";
  /** Whether it takes all printable ASCII without `..` as it is, up to the length of a path: then nothing of it needs to be checked. */
  readonly takesPlain?: true;
  /** The value that means what the catalog's attribute says, as if the field were empty: it is absent. */
  readonly asAttribute?: number;
  /** Where a malformed one counts as none; else its record is refused when it is used. */
  readonly malformed?: "absent";
  /** One sentence. */
  readonly about: string;
}

/**
 * Every field of a record of image data but its `Id`, by its name in the header; those of static content stand last. Source:
 * protocol.md 6.4.
 */
export const RECORD_FIELDS = {
  Path: {
    grammar: filePath,
    takesPlain: true,
    state: "done",
    about: "Picture, below RootPath of the catalog; empty for templates.",
  },
  MaskPath: {
    grammar: filePath,
    takesPlain: true,
    state: "done",
    about: "Mask of the picture, of its size, found like it.",
  },
  Anchor: { grammar: brief(coord), state: "done", about: "Default of anchor=." },
  Modifier: {
    grammar: recordText,
    takesPlain: true,
    state: "done",
    about: "Commands that a request begins with; the body of a template.",
  },
  PostModifier: {
    grammar: recordText,
    takesPlain: true,
    state: "done",
    about: "Commands that a request ends with, whatever it says.",
  },
  Expiration: {
    grammar: recordHours,
    state: "done",
    asAttribute: -2,
    about: "Hours for which a picture may be cached: 0 is not at all, -1 for ever, -2 what the attribute says.",
  },
  TimeStamp: {
    grammar: brief(timeStamp),
    state: "done",
    malformed: "absent",
    about: "When the record was last changed, in milliseconds since 1970.",
  },
  Resolution: {
    grammar: brief(real({ min: 0 })),
    state: "done",
    asAttribute: 0,
    about: "Resolution of the picture, to which res= relates; 0 is what the attribute says.",
  },
  PrintResolution: {
    grammar: brief(int({ min: 0 })),
    state: "done",
    asAttribute: 0,
    about: "Default of printRes=, in dots per inch; 0 is what the attribute says.",
  },
  Size: { grammar: pixelSize, state: "kept", about: "Size of the picture; it is read from the picture instead." },
  ThumbRes: {
    grammar: brief(real({ min: 0 })),
    state: "kept",
    asAttribute: 0,
    about: "Resolution of thumbnails of type 3; 0 is what the attribute says.",
  },
  ThumbType: {
    grammar: brief(int({ min: 0, max: 3 })),
    state: "kept",
    asAttribute: 0,
    about: "How thumbnails are made: 1 crop, 2 fit, 3 texture; 0 is what the attribute says.",
  },
  IccProfile: { grammar: profileName, state: "kept", about: "Profile that the picture is taken to have." },
  Map: { grammar: areas, state: "kept", about: "AREA elements of an image map, front to back." },
  Targets: { grammar: targets, state: "kept", about: "Zoom targets." },
  UserData: { grammar: recordText, takesPlain: true, state: "kept", about: "What req=userdata answers." },
  ImageSet: { grammar: imageSet, state: "kept", about: "Pictures of a set." },
  AssetType: { grammar: assetType, state: "kept", about: "Kind of the set; found out where it is absent." },
  DigimarcInfo: { grammar: brief(digimarcInfo), state: "kept", about: "Digimarc watermark: type,flags,val1,val2." },
  UserType: {
    grammar: recordText,
    takesPlain: true,
    state: "kept",
    about: "Type of static content, which type= asks for.",
  },
  VideoBitRate: { grammar: bitRate, state: "kept", about: "Bits per second of a video without its sound." },
  AudioBitRate: { grammar: bitRate, state: "kept", about: "Bits per second of its sound." },
  TotalStreamBitRate: { grammar: bitRate, state: "kept", about: "Bits per second of both." },
  VideoSize: { grammar: pixelSize, state: "kept", about: "Size of a video." },
} as const satisfies Readonly<Record<string, RecordFieldRow>>;

export type RecordFieldName = keyof typeof RECORD_FIELDS;
export type RecordFields = { readonly [N in RecordFieldName]?: GrammarValue<(typeof RECORD_FIELDS)[N]["grammar"]> };
