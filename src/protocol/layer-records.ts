import type { RecordTexts } from "./catalog-view.ts";
import { foreignSave } from "./client-only.ts";
import { isLayer } from "./commands/row.ts";
import { COMMANDS, commandNamed, rowOf } from "./commands/table.ts";
import { filledIn } from "./fill-in.ts";
import { addTo, type Findings, standing } from "./findings.ts";
import type { Groups } from "./groups.ts";
import { foreignTemplate, type RequestTexts, recordText, type Surroundings } from "./merge.ts";
import type { Modifier } from "./modifiers.ts";
import { isWrong, type Problem } from "./problem.ts";
import { brokenField, isSameRecord, modifiersOf } from "./records.ts";
import { NO_COMMAND } from "./request.ts";
import { type Placed, routed, type Target } from "./segments.ts";
import { definitionsIn, type Scope, type Variables } from "./variables.ts";

/** What the records of layers are read with. */
export interface LayerSurroundings extends Surroundings {
  readonly texts: RequestTexts;
  /** The commands of those texts. */
  readonly placed: readonly Placed[];
  /** Every definition of the request, and what is weaker than those of its layers' records. */
  readonly scope: Scope;
  readonly predefined: Variables;
}

/**
 * Puts under each layer what the record of its picture says of it: its Modifier, unless that is a text of the request
 * already, and under that what its other fields stand for. Everything in the request overrides them.
 *
 * Source: protocol.md 1.8, A-25.
 */
export function putLayerRecordsInto(groups: Groups, around: LayerSurroundings, findings: Findings): void {
  for (const layer of new Set([0, ...groups.layerNumbers()])) {
    const source = recordOf(groups, layer, "src", around, findings);
    const mask = recordOf(groups, layer, "mask", around, findings);
    const picture = source?.record ?? (layer === 0 ? impliedRecord(groups, around) : undefined);
    if (source !== undefined) {
      const isBase = layer === 0 && isTextOfRequest(source.record, around.texts);
      const said = isBase ? around.texts.base : recordText(source.record, "modifier", around, findings);
      const own = hasNoSource(source, said, findings) && !isBase ? said : [];
      for (const placed of layerText(own, layer, around, findings)) groups.putUnder(placed);
    }
    if (mask !== undefined) {
      hasNoSource(mask, recordText(mask.record, "modifier", around, findings), findings);
      if (picture !== undefined && picture.catalog !== mask.record.catalog) {
        const wanted = `a mask in the catalog of ${picture.name}`;
        findings.problems.push({ command: "mask", wanted, got: mask.record.name, ...standing(mask.said) });
      }
    }
    if (picture !== undefined) for (const placed of fieldsOf(picture, layer, around, findings)) groups.putUnder(placed);
  }
}

function isTextOfRequest(record: RecordTexts, { ofPath, hasTemplate }: RequestTexts): boolean {
  return !hasTemplate && ofPath !== undefined && isSameRecord(record, ofPath);
}

/** A record that `src=` or `mask=` names. */
interface Used {
  readonly command: "src" | "mask";
  readonly record: RecordTexts;
  /** The modifier that names it. */
  readonly said: Modifier;
}

function recordOf(
  groups: Groups,
  layer: number,
  command: "src" | "mask",
  { catalogs, looksUp }: Surroundings,
  { problems }: Findings,
): Used | undefined {
  const placed = groups.placedIn({ kind: "layer", layer }, command);
  if (!looksUp || placed?.command !== command) return undefined;
  const source = COMMANDS[command].grammar.read(placed.modifier.value ?? "");
  if (isWrong(source) || source.kind !== "object") return undefined;
  const record = catalogs.named(source.object);
  if (record === undefined) return undefined;
  const broken = brokenField(record);
  if (broken !== undefined) problems.push({ command, ...broken, ...standing(placed.modifier) });
  return broken === undefined ? { command, record, said: placed.modifier } : undefined;
}

/** Whose picture layer 0 has without being told: that of the path, or of the template. */
function impliedRecord(groups: Groups, { texts, placed }: LayerSurroundings): RecordTexts | undefined {
  const { ofPath, hasTemplate, template, base } = texts;
  if (groups.placedIn(LAYER_ZERO, "src") !== undefined) return undefined;
  if (!hasTemplate) return ofPath;
  // A colour in the body makes it a layer of that colour, be it overridden by another one.
  const body = base[0]?.in;
  const isSolid = placed.some(({ command, modifier, target }) => {
    return command === "color" && body !== undefined && modifier.in === body && isLayerZero(target);
  });
  return isSolid ? undefined : template;
}

const LAYER_ZERO = { kind: "layer", layer: 0 } as const;

function isLayerZero(target: Target): boolean {
  return target.kind === "layer" && target.layer === 0 && target.effect === undefined;
}

/** Whether the Modifier of a record that `src=` or `mask=` names leaves it at that, and names no picture or mask itself. */
function hasNoSource({ command, record, said }: Used, modifiers: readonly Modifier[], { problems }: Findings): boolean {
  const isWithout = modifiers.every(({ name, value }) => value === undefined || !isSource(commandNamed(name)));
  if (!isWithout) {
    const wanted = `a record whose Modifier has no src or mask, or is{${record.name}}`;
    problems.push({ command, wanted, got: record.name, ...standing(said) });
  }
  return isWithout;
}

function isSource(command: string | undefined): boolean {
  return command === "src" || command === "mask";
}

/** The commands of a record's first segment that are about a layer, the last one first: of a slot it counts. */
function layerText(
  said: readonly Modifier[],
  layer: number,
  { scope, predefined, allowance }: LayerSurroundings,
  findings: Findings,
): readonly Placed[] {
  const placed: Placed[] = [];
  const text = filledIn(said, [...scope, definitionsIn(said), predefined], allowance, findings);
  let isFirst = true;
  for (const modifier of text) {
    const command = modifier.value === undefined ? undefined : commandNamed(modifier.name);
    const row = command === undefined ? undefined : rowOf(command);
    isFirst &&= row?.scope !== "segment";
    const refused: Problem | undefined = foreignTemplate(modifier) ?? (command && foreignSave(command, modifier));
    const says = (text: string) => findings.notes.push({ name: modifier.name, says: text, ...standing(modifier) });
    if (refused !== undefined) addTo(findings.problems, [refused]);
    else if (command === undefined || row === undefined) says(NO_COMMAND);
    else if (!isFirst) says("of the record of a layer only the first segment counts");
    else if (!isLayer(row)) says("the record of a layer does not take it");
    else {
      const target = routed(command, { kind: "layer", layer });
      if (typeof target === "string") says(target);
      else placed.push({ command, modifier, target });
    }
  }
  return placed.reverse();
}

/** What the other fields of a record stand for; what they say of the whole request counts for layer 0 of the outermost one. */
function fieldsOf(
  record: RecordTexts,
  layer: number,
  { allowance, depth, where }: Surroundings,
  { problems }: Findings,
): readonly Placed[] {
  if (record.fields === "") return [];
  const modifiers = modifiersOf(record, "fields", allowance);
  if ("wanted" in modifiers) {
    problems.push({ command: record.name, ...modifiers, ...where });
    return [];
  }
  return modifiers.flatMap((modifier): readonly Placed[] => {
    const command = commandNamed(modifier.name);
    if (command === undefined || foreignSave(command, modifier) !== undefined) return [];
    const target = routed(command, { kind: "layer", layer });
    if (typeof target === "string" || (target.kind === "request" && (layer !== 0 || depth > 0))) return [];
    return [{ command, modifier, target }];
  });
}
