import { SETTINGS } from "../../settings/settings.ts";
import { lookAtAccess } from "./access.ts";
import { lookAtSaves, lookAtSources, lookWhetherApart } from "./buckets.ts";
import { lookAtBulk } from "./bulk.ts";
import { lookAtCatalogs } from "./catalogs.ts";
import type { Check } from "./check.ts";
import { lookAtCodecs } from "./codecs.ts";
import { lookAtFolders } from "./folders.ts";
import { lookAtMemory } from "./memory.ts";
import { lookAtSwitches } from "./switches.ts";
import { lookAtUploads } from "./uploads.ts";

const SETTING_COUNT = Object.keys(SETTINGS).length;

/** In the order in which one mends: what is further down may hang on what stands above. */
export const CHECKS: readonly Check[] = [
  {
    name: "settings",
    // Where one cannot be read, no request comes this far: every one is answered with its name.
    look: () => ({ ok: true, says: `All ${SETTING_COUNT} settings can be read` }),
    mend: "Mend the setting that is named in [vars] of wrangler.toml",
  },
  {
    name: "sources",
    look: lookAtSources,
    mend: "The bucket that wrangler.toml binds as SOURCES must exist: npx wrangler r2 bucket list",
  },
  {
    name: "saves",
    look: lookAtSaves,
    mend: "The bucket that wrangler.toml binds as SAVES must exist: npx wrangler r2 bucket list",
  },
  {
    name: "apart",
    look: lookWhetherApart,
    mend: "Bind two buckets, or set SavePath to a folder beside the sources; SharedBucket = true says that it is meant",
  },
  {
    name: "folders",
    look: lookAtFolders,
    mend: "Set SavePath in [vars] of wrangler.toml to the folder below which saves are to go, such as renditions",
  },
  {
    name: "access",
    look: lookAtAccess,
    mend: "Set SaveAccess in [vars] of wrangler.toml to token or signed, and its secret",
  },
  { name: "switches", look: lookAtSwitches, mend: "Look at Playground, ServeSaved and ManageSources in wrangler.toml" },
  {
    name: "catalogs",
    look: lookAtCatalogs,
    mend: "npm run -s catalog -- check <folder> tells all of it, with file, line and column; upload what is mended below catalogs/",
  },
  {
    name: "codecs",
    look: lookAtCodecs,
    mend: "Deploy again from a clean clone: npm install && npm run deploy",
  },
  { name: "memory", look: lookAtMemory, mend: "Leave MemoryBudget at its default" },
  { name: "bulk", look: lookAtBulk, mend: "Make the two queues that wrangler.toml names" },
  { name: "uploads", look: lookAtUploads, mend: "Set SavePath to a folder" },
];
