/** Every answer about a save has these, whatever became of it. Source: save-contract "The answer". */
export const SAVE_HEADERS = {
  "content-type": "text/plain; charset=utf-8",
  "cache-control": "no-cache, no-store",
  "cdn-cache-control": "no-store",
  "surrogate-control": "no-store",
  expires: "0",
  "x-content-type-options": "nosniff",
};
