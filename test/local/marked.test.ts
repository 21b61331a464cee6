import { expect, test } from "vitest";
import { between } from "../../scripts/local/marked.ts";

const PART = { mark: "prices", writer: "bench/run.ts" };
const TEXT = "before\n\n<!-- prices: written by bench/run.ts -->\nold\n<!-- /prices -->\n\n<!-- /states -->\nbehind\n";

test("what stands between its marks is replaced, and nothing else", () => {
  const text = between(TEXT, PART, "| new |");
  expect(text).toBe(
    "before\n\n<!-- prices: written by bench/run.ts -->\n\n| new |\n\n<!-- /prices -->\n\n<!-- /states -->\nbehind\n",
  );
  expect(between(text, PART, "| new |")).toBe(text);
});
