/// <reference types="@cloudflare/vitest-plugin/types" />

/** What `cloudflare:workers` gives to tests inside the Workers runtime. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../src/worker.ts");
  }
}

/** A file as text. */
declare module "*?raw" {
  const text: string;
  export default text;
}
