/** Of R2's keys, which have 1,024 bytes, more than one can have; longer piles of accents would take long to be normalised. */
export const LONGEST_PATH = 2048;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
/** Backslashes are characters of keys, and separate folders where the files came from. */
const GOES_UP = /(?:^|[/\\])\.\.(?:[/\\]|$)/;

export function hasControls(text: string): boolean {
  return CONTROL.test(text);
}

/** Whether an element of a path is `..`. */
export function goesUp(path: string): boolean {
  return GOES_UP.test(path);
}
