/** The properties of an answer, by name, unescaped. Source: save-contract "The answer". */
export function readProperties(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const [, name = line, value = ""] = /^((?:\\.|[^\\=])+)=(.*)$/s.exec(line) ?? [];
      return [unescaped(name), unescaped(value)] as const;
    }),
  );
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["f", "\f"],
]);

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|(.))/gs, (_, hex: string | undefined, plain: string | undefined) =>
    hex === undefined ? (CONTROLS.get(plain ?? "") ?? plain ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
