/**
 * How a finished file goes on its way: in pieces, as it is made, of which as much is held as one piece has; or whole, because
 * its length has to be known, or because it can be written at once only.
 */
export type Delivery = "pieces" | "whole";

/** What is held of a file that goes in pieces. R2's smallest part of an upload; a shorter file is whole. */
export const PIECE_BYTES = 5 * 1024 * 1024;
