/** Copies a row as it is: one whose filter is None, or whose samples are pixels already. */
export function copyRow(from: usize, to: usize, bytes: u32): void {
  memory.copy(to, from, bytes);
}
