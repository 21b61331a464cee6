/** A sequence in which every byte follows every byte: of the pairs i, j with i < j each comes as i, j, i. */
export const EVERY_PAIR: Uint8Array<ArrayBuffer> = (() => {
  const bytes = Array.from({ length: 256 }, (_, value) => value);
  return Uint8Array.from([...bytes.flatMap((i) => [i, ...bytes.slice(i + 1).flatMap((j) => [i, j])]), 0]);
})();
