import { describe, expect, test } from "vitest";
import { handle } from "../../../src/serve/handle.ts";
import type { Site } from "../../../src/serve/site.ts";
import { site, siteWith, visit } from "../../support/site.ts";

async function ask(object: string, on: Site, headers: Readonly<Record<string, string>> = {}) {
  const url = `https://pictures.example/presets.json?${new URLSearchParams({ object })}`;
  const reply = await handle({ ...visit(""), request: new Request(url, { headers }) }, on);
  return { status: reply.status, body: (await reply.json()) as { readonly presets: readonly unknown[] } };
}

const ON = { Playground: "1" };

describe("/presets.json", () => {
  test("lists the macros of the server, with what they stand for", async () => {
    const on = site({ ...ON, Macros: '{"Large":"wid=1000&qlt=85,0","small":"wid=9&$large$"}' });
    const { status, body } = await ask("a.jpg", on);
    expect(status).toBe(200);
    expect(body).toMatchObject({ catalog: "" });
    expect(body.presets).toContainEqual({ name: "large", definition: "wid=1000&qlt=85,0" });
    expect(body.presets).toContainEqual({ name: "small", definition: "wid=9&wid=1000&qlt=85,0" });
  });

  test("is for whoever may manage: definitions are nobody else's business", async () => {
    const on = site({ ...ON, SaveAccess: "token" }, { saveToken: "secret" });
    expect(await ask("a", on)).toMatchObject({ status: 403, body: { error: "tokenWrong" } });
    expect((await ask("a", on, { Authorization: "Bearer secret" })).status).toBe(200);
  });

  test("is not there where the playground is off", async () => {
    expect((await ask("a", site())).status).toBe(404);
  });

  test("takes any object, also one that no path can name", async () => {
    for (const object of ["", "../a", "%00", "a?b", "é/ü"])
      expect((await ask(object, siteWith({}, ON))).status).toBe(200);
  });
});
