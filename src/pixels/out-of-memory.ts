/** The memory of the kernels does not grow: there is no more, whatever the budget says. */
export class OutOfMemory extends RangeError {
  override readonly name = "OutOfMemory";
}
