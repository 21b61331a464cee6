/**
 * Every way in which a request can fail, declared once.
 *
 * `who` must act decides the status code, which only `serve/` knows: the client (`request`), the operator's limits (`limit`),
 * the operator (`operator`), or we and the platform (`us`). `title` may be shown to anybody; what a particular
 * failure adds (`Fault.detail`) may name keys and settings and is shown from `ErrorDetail` 2 on.
 *
 * The codes are stable: they stand in the `error=` property of a refused save.
 */
export const FAULTS = {
  // What the client wrote
  badRequest: { who: "request", title: "The request cannot be understood" },
  formTooLarge: { who: "request", title: "The form is larger than 65536 bytes" },
  formTimeout: { who: "request", title: "The form did not arrive in time" },
  formBroken: { who: "request", title: "The form did not arrive whole" },
  clientGone: { who: "request", title: "The client has hung up" },
  formType: { who: "request", title: "A POST carries its modifiers as application/x-www-form-urlencoded" },
  objectMissing: { who: "request", title: "The path names no picture: /is/image/<object> is wanted" },
  objectInvalid: { who: "request", title: "The path is not the name of a picture" },
  catalogWanted: { who: "request", title: "The path names no catalog: /is/image/<catalog>/<object> is wanted" },
  notBuilt: { who: "request", title: "This part of the protocol is known but not built yet" },

  // The source picture
  sourceMissing: { who: "request", title: "The picture does not exist" },
  sourceFormat: { who: "request", title: "The source is not a picture of a known format: JPEG, PNG or WebP is wanted" },
  sourceUnsupported: { who: "request", title: "The source is a picture of a kind that is not supported" },
  sourceBroken: { who: "request", title: "The source picture is damaged" },
  maskSize: { who: "request", title: "The mask of the picture's record is not of its size" },
  sourceChanged: { who: "us", title: "The source picture was replaced while it was being read" },
  storage: { who: "us", title: "The storage did not answer as it should" },

  // Catalogs
  catalogBroken: { who: "operator", title: "The catalog cannot be used: its files cannot be read" },
  directAccess: { who: "request", title: "This server answers no paths, only records of its catalogs" },

  // Limits
  sourceTooLarge: { who: "limit", title: "The source picture has more pixels than are allowed" },
  maxPix: { who: "limit", title: "The picture asked for is larger than MaxPix allows" },
  outputTooLarge: { who: "limit", title: "The picture asked for has more pixels than can be made" },
  memoryBudget: { who: "limit", title: "Making the picture takes more memory than MemoryBudget allows" },
  jpegTooLarge: { who: "request", title: "The picture does not fit into the bytes that jpegSize allows" },
  imageTimeout: { who: "us", title: "The picture was not ready in time" },

  // Saving
  savingOff: { who: "operator", title: "Saving is switched off: SavePath is empty" },
  savePathInvalid: { who: "operator", title: "SaveDirectory and SavePath do not name a folder to save below" },
  saveOverSources: { who: "operator", title: "Saves would go where the sources are" },
  tokenUnset: { who: "operator", title: "Saving needs the secret SAVE_TOKEN, which is not set" },
  tokenWrong: { who: "request", title: "Saving needs the header Authorization: Bearer <SAVE_TOKEN>" },
  signKeyUnset: { who: "operator", title: "Saving needs the secret SIGN_KEY, which is not set" },
  signedPost: { who: "request", title: "A save by a signed URL is a GET: nobody has signed what a form says" },
  signatureMissing: {
    who: "request",
    title: "Saving needs a query that ends in &expires=<10 digits>&sig=<64 hex digits in lower case>",
  },
  signatureRepeated: { who: "request", title: "A signed URL has expires and sig once, at its end" },
  signatureWrong: { who: "request", title: "The signature does not belong to this URL" },
  signatureExpired: { who: "request", title: "The signature has expired" },
  signatureTooLong: { who: "limit", title: "The signature is valid for longer than MaxSignedLife allows" },
  savePrefetch: { who: "request", title: "A prefetch never saves" },
  saveFromBrowser: { who: "request", title: "A page of another site never saves" },
  nameMissing: { who: "request", title: "name: wants a relative path, got nothing" },
  nameInvalid: { who: "request", title: "name: wants a relative path of an image file" },
  folderMissing: { who: "request", title: "The folder of the name does not exist, and folders are never created" },
  saveTimeout: { who: "limit", title: "The picture was not saved in time" },
  saveConflict: { who: "request", title: "What is there may not be replaced by this save" },
  saveTooLargeForCondition: {
    who: "limit",
    title: "A save with a condition is written at once, and its file may be larger than there is room for",
  },
  saveFailed: { who: "us", title: "The picture could not be written; what was there before is unchanged" },
  saveUnknown: { who: "us", title: "The storage did not say whether the picture was written" },

  // Many saves at once
  jobsUnbound: {
    who: "operator",
    title:
      "Bulk saving is not set up here: it needs a queue bound as SAVE_QUEUE and a Durable Object bound as SAVE_JOBS",
  },
  jobInvalid: { who: "request", title: "The list of saves cannot be understood, and nothing of it is queued" },
  jobTooLarge: { who: "request", title: "The list of saves is too long, and nothing of it is queued" },
  jobBroken: { who: "us", title: "The list of saves could not be queued" },
  jobUnknown: { who: "request", title: "There is no such job: it was never begun, or is forgotten by now" },
  saveGivenUp: {
    who: "us",
    title: "The save was tried as often as may be, and nobody was told how it ended: the picture may be there",
  },

  // What was saved
  savedMissing: { who: "request", title: "Nothing is saved under this name" },
  preconditionFailed: { who: "request", title: "The file is not the one that the request's conditions ask for" },
  rangeUnsatisfiable: { who: "request", title: "The range begins behind the end of the file" },

  // Putting sources
  managingOff: { who: "operator", title: "Sources are not managed here: ManageSources is switched off" },
  sourceKeyInvalid: { who: "request", title: "A source has a relative path that ends in .jpg, .jpeg, .png or .webp" },
  sourceOutOfReach: { who: "request", title: "Sources are put neither among catalogs nor among saves" },
  sourceConflict: { who: "request", title: "What is there may not be replaced by this file" },
  lengthMissing: { who: "request", title: "A file is put with a Content-Length" },
  fileTooLarge: { who: "limit", title: "The file has more bytes than MaxSourceBytes allows" },
  uploadBroken: { who: "request", title: "The file did not arrive whole" },

  // The server itself
  contextUnknown: { who: "request", title: "Pictures are at /is/image/<object>" },
  addressRefused: { who: "request", title: "Requests from this address are refused" },
  methodRefused: { who: "request", title: "The method is not allowed here" },
  settings: { who: "operator", title: "The server has a setting that cannot be understood" },
  internal: { who: "us", title: "The server made a mistake" },
} as const satisfies Record<string, { who: "request" | "limit" | "operator" | "us"; title: string }>;

export type FaultCode = keyof typeof FAULTS;

/** An expected failure: a row of the table, and what this case adds to it. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: FaultCode;
  /** One sentence about this case; may name keys and settings. */
  readonly detail: string | undefined;
  /** True where `detail` speaks only of what the client wrote and the limits it met, and may be told to anybody. */
  readonly mayBeTold: boolean;

  constructor(code: FaultCode, detail?: string, options: { mayBeTold?: boolean; cause?: unknown } = {}) {
    super(detail === undefined ? FAULTS[code].title : `${FAULTS[code].title}: ${detail}`, { cause: options.cause });
    this.code = code;
    this.detail = detail;
    this.mayBeTold = options.mayBeTold ?? false;
  }
}
