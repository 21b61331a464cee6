import { Fault } from "../../../src/faults.ts";
import { outputOf } from "../../../src/plan/output.ts";
import type { CommandName } from "../../../src/protocol/commands/table.ts";
import { REQ_TYPES } from "../../../src/protocol/req-types.ts";
import type { ImageRequest } from "../../../src/protocol/request.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import type { TextRemark } from "./command-texts.ts";

/** Request types and formats that are refused whoever asks for them: they are not built yet, or cannot be. */
export function unbuiltIn({ request, origins }: ImageRequest): readonly TextRemark[] {
  const remark = (command: CommandName, says: string): TextRemark => {
    const at = origins.find((origin) => origin.command === command && origin.of === undefined)?.at ?? 0;
    return { at, weight: "entry", says: `${command}: ${says}` };
  };
  const { req, fmt } = request;
  const row = REQ_TYPES.find(({ type }) => type === req?.type);
  const refused = fmt === undefined ? undefined : refusalOf(fmt);
  return [
    ...(row?.state === "planned" ? [remark("req", `${row.type} is not built yet: it is refused`)] : []),
    ...(refused === undefined ? [] : [remark("fmt", refused)]),
  ];
}

const DEFAULTS = readSettings({});

function refusalOf(fmt: NonNullable<ImageRequest["request"]["fmt"]>): string | undefined {
  try {
    outputOf({ fmt }, DEFAULTS, {});
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown;
    return thrown.code === "notBuilt"
      ? `${fmt.format} is not built yet as it is asked for: it is refused`
      : thrown.message;
  }
}
