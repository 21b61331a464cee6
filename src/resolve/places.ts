import type { Catalog } from "../catalog/catalog.ts";
import { mayBeUsed } from "../catalog/direct-access.ts";
import type { FoundObject, LookUpDefaults } from "../catalog/look-up.ts";
import { Fault } from "../faults.ts";
import { shown } from "../protocol/problem.ts";
import type { SourcePlace } from "./source-keys.ts";

/**
 * Where the picture of an object lies. Nothing else makes a place of an object, so that what is refused here is refused in a
 * path, in `src=` and in `defaultImage=` alike.
 *
 * @param main of the request in which the object stands
 * @throws Fault `catalogBroken`, `directAccess`; `badRequest` where a field of its record cannot be read; `objectMissing` where its record has no picture, as a template has none
 */
export function pictureOf(found: FoundObject, main: Catalog, defaults: LookUpDefaults): SourcePlace {
  refuse(found, main, defaults);
  if (found.picture === undefined)
    throw new Fault("objectMissing", `${shown(found.object)} has no picture of its own`, { mayBeTold: true });
  return placeOf(found, found.picture, defaults);
}

/**
 * Where the mask lies that `mask=` names: that of its record, or else the picture of it. Source: protocol.md 3.4, `mask`.
 *
 * @throws Fault like `pictureOf`
 */
export function maskOf(found: FoundObject, main: Catalog, defaults: LookUpDefaults): SourcePlace {
  return recordMaskOf(found, main, defaults) ?? pictureOf(found, main, defaults);
}

/**
 * Where the mask lies that belongs to a picture by its record; undefined where it has none.
 *
 * @throws Fault like `pictureOf`
 */
export function recordMaskOf(found: FoundObject, main: Catalog, defaults: LookUpDefaults): SourcePlace | undefined {
  refuse(found, main, defaults);
  return found.mask === undefined ? undefined : placeOf(found, found.mask, defaults);
}

function refuse(found: FoundObject, main: Catalog, defaults: LookUpDefaults): void {
  if (found.catalog.broken !== undefined) throw new Fault("catalogBroken", found.catalog.broken);
  if (!mayBeUsed(found, main, defaults)) throw new Fault("directAccess");
  const [problem] = found.record?.problems ?? [];
  if (problem === undefined) return;
  const { about, wanted, got } = problem;
  throw new Fault(
    "badRequest",
    `${shown(found.object)}: wants a record whose ${about} is ${wanted}, got ${shown(got)}`,
    {
      mayBeTold: true,
    },
  );
}

function placeOf({ catalog }: FoundObject, path: string, defaults: LookUpDefaults): SourcePlace {
  return { path, DefaultExt: catalog.attributes.DefaultExt ?? defaults.DefaultExt };
}
