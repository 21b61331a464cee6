import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Inside the Workers runtime: what touches bindings. */
const IN_WORKERD = ["test/{render,resolve,serve,store}/**/*.test.ts"];
/** In Node, driving the published bundle over HTTP, by requests, by the command-line tool or by a browser. */
const OVER_HTTP = ["test/{http,cli}/**/*.test.ts", "test/playground/browser/**/*.test.ts"];

export default defineConfig({
  test: {
    // Two files at a time, also where there are but two cores: much of their time is waiting for the runtime.
    maxWorkers: 2,
    reporters: ["default", "./test/support/summary.ts"],
    // The Worker's record of each save: tests of their own look at these.
    onConsoleLog: (text) => !text.startsWith('{"event":"save"'),
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: [...IN_WORKERD, ...OVER_HTTP],
          // Thousands of pictures in one test take their time on a busy machine.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { SaveAccess: "public", ErrorDetail: "2" } },
          }),
        ],
        test: { name: "workerd", include: IN_WORKERD },
      },
      {
        test: {
          name: "http",
          include: OVER_HTTP,
          globalSetup: "./test/support/bundle-once.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
