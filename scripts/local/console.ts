/** Says why a script ended, without a stack trace, and ends it. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** `61 234 bytes` */
export function bytesText(bytes: number): string {
  return `${bytes.toLocaleString("en").replaceAll(",", " ")} bytes`;
}
