/** What is written into a bucket: in parts, as our Worker uploads what is long, or as one object. */
export interface Writing {
  readonly bytes: number;
  readonly way: "in parts" | "at once";
}
