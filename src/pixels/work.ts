/**
 * Work on pixels that goes on for long: it yields after every piece of it, with the samples (four a pixel) that were gone
 * through since the last, so that its caller can breathe. It must be driven to its end.
 */
export type Work = Generator<number, void, undefined>;
