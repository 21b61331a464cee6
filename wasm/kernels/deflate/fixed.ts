import { DISTANCE_LENGTHS, LITERAL_LENGTHS } from "./dynamic";

/** The codes of the block have the fixed lengths, those of symbols that never come among them. Source: RFC 1951, 3.2.6. */
export function useFixedLengths(): void {
  memory.fill(LITERAL_LENGTHS, 8, 144);
  memory.fill(LITERAL_LENGTHS + 144, 9, 112);
  memory.fill(LITERAL_LENGTHS + 256, 7, 24);
  memory.fill(LITERAL_LENGTHS + 280, 8, 8);
  memory.fill(DISTANCE_LENGTHS, 5, 32);
}
