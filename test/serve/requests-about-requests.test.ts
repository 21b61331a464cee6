import { exports } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { COMMAND_NAMES } from "../../src/protocol/commands/table.ts";
import { lockOf } from "../../src/protocol/lock.ts";
import { obfuscated } from "../../src/protocol/obfuscation.ts";
import { PROPERTY_FORMATS } from "../../src/serve/property-formats.ts";
import { pngOf, quarters } from "../support/charts.ts";
import { ask, buckets, properties, site } from "../support/site.ts";

describe("req=validate", () => {
  test("says that a request is valid, without looking for its object", async () => {
    const reply = await ask("nowhere?wid=5&req=validate");
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Cache-Control")).toBe("no-cache, no-store");
    expect(await properties(reply)).toMatchObject({ outcome: "#S7Z OK", "request.isValid": "1" });
  });

  test("refuses what is wrong with command, what was wanted, what came, and where", async () => {
    const reply = await ask("nowhere?hei=1&op_usm=1,1,300&req=validate");
    expect(reply.status).toBe(403);
    expect(await reply.text()).toContain('op_usm: wants threshold (a number 0..255), got "300" (at character 17)');
  });

  test("tells what it passes over, and with strict refuses it", async () => {
    const lenient = await properties(await ask("a?ts=1&req=validate"));
    expect(lenient["request.notes"]).toContain('"ts"\\: there is no such command (at character 3)');
    for (const req of ["validate,strict", "validate,json,strict"]) {
      expect((await ask(`a?ts=1&req=${req}`)).status).toBe(403);
    }
  });

  test.each([
    ["javascript", "text/javascript", "request.isValid='1'\n"],
    ["json", "text/javascript", '/*jsonp*/s7jsonResponse({"request.isValid":"1"},"");'],
    ["jsonp&handler=onAnswer&id=7", "text/javascript", '/*jsonp*/onAnswer({"request.isValid":"1"},"7");'],
    [
      "xml",
      "text/xml",
      '<?xml version="1.0" encoding="UTF-8" ?>\n<prop-group>\n  <prop-group name="request">\n' +
        '    <property name="isValid" value="1" />\n  </prop-group>\n</prop-group>\n',
    ],
  ])("answers in the format %s", async (format, mime, body) => {
    const reply = await ask(`a?req=validate,${format}`);
    expect(reply.headers.get("Content-Type")).toBe(`${mime}; charset=utf-8`);
    expect(await reply.text()).toBe(body);
  });

  test("says what is wrong in the format that was asked for, with the status of an error", async () => {
    const reply = await ask("a?wid=x&req=validate,json");
    expect(reply.status).toBe(403);
    expect(reply.headers.get("Cache-Control")).toBe("no-cache, no-store");
    expect(await reply.text()).toBe(
      '/*jsonp*/s7jsonResponse({"request.isValid":"0","request.error":"badRequest",' +
        '"request.message":"wid: wants a number of pixels > 0, got \\"x\\" (at character 4)"},"");',
    );
    expect(await (await ask("a?wid=x&req=validate,xml")).text()).toContain('<property name="isValid" value="0" />');
  });

  test("a handler that is no name is refused", async () => {
    expect((await ask("a?req=validate,json&handler=alert(1)")).status).toBe(403);
  });

  test("no value breaks out of its format", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const written = { "a.b": value };
        const json = PROPERTY_FORMATS.json.write(written, { id: value });
        expect(json).not.toMatch(/<\/|[\u2028\u2029]/);
        const [, body = ""] = /^\/\*jsonp\*\/s7jsonResponse\((.*)\);$/s.exec(json) ?? [];
        expect(JSON.parse(`[${body}]`)).toEqual([{ "a.b": value }, value]);
        const xml = PROPERTY_FORMATS.xml.write(written, {});
        expect(xml.match(/[<>]/g)).toHaveLength(12);
        expect(xml.match(/"/g)).toHaveLength(10);
      }),
    );
  });
});

test("req=resolve shows the request after macros and variables, in its canonical form", async () => {
  const macros = site({ Macros: JSON.stringify({ pdp: "wid=$w$&qlt=85" }), ErrorDetail: "0" });
  const reply = await ask("cat/shoe red?$w=400&$pdp$&hei=300&layer=1&src=is{logo?wid=$w$}&req=resolve", {}, macros);
  expect(reply.status).toBe(200);
  expect(await reply.text()).toBe("cat/shoe%20red?qlt=85&wid=400&hei=300&layer=1&src=is{logo?wid=400}\n");
});

describe("settings of the language", () => {
  test("macros render, and unknown ones are refused or passed over as is set", async () => {
    await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
    const on = site({ Macros: '{"small":"wid=7&fmt=png"}' });
    expect((await ask("quarters?$small$", {}, on)).headers.get("Content-Type")).toBe("image/png");
    expect((await ask("quarters?$large$", {}, on)).status).toBe(403);
    expect((await ask("quarters?$large$", {}, site({ UnknownMacro: "ignore" }))).status).toBe(200);
  });

  test("a macro cannot make an innocent URL write", async () => {
    await buckets.SAVES.put("renditions/", new Uint8Array());
    const on = site({ Macros: JSON.stringify({ innocent: "req=saveToFile&name=evil.jpg" }) });
    const reply = await ask("quarters?$innocent$", {}, on);
    expect(reply.status).toBe(403);
    expect(await reply.text()).toContain("to stand in the client's own modifiers");
    expect(await buckets.SAVES.head("renditions/evil.jpg")).toBeNull();
  });

  test("macros that call what is not there are a broken setting", () => {
    expect(() => site({ Macros: '{"a":"$b$"}' })).toThrow("Macros: wants macros that exist");
    expect(() => site({ Macros: "a=b" })).toThrow("Macros: wants a table of macro names");
  });

  test("with a lock or obfuscation, modifiers without them are refused", async () => {
    await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
    const locked = `wid=7&${lockOf("wid=7")}`;
    const lock = site({ RequestLock: "1" });
    expect((await ask(`quarters?${locked}`, {}, lock)).status).toBe(200);
    expect((await ask("quarters?wid=8&0000", {}, lock)).status).toBe(403);
    for (const [query, form, status] of [
      ["", "", 403],
      ["?&0000", "", 200],
      ["", locked, 200],
      [`?${locked}`, locked, 200],
      ["", "wid=7", 403],
      ["?&0000", "wid=7", 403],
      ["?wid=7", locked, 403],
    ] as const) {
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      const reply = await ask(`quarters${query}`, { method: "POST", body: form, headers }, lock);
      expect([query, form, reply.status]).toEqual([query, form, status]);
      await reply.arrayBuffer();
    }
    expect((await ask("quarters", {}, lock)).status).toBe(403);
    const both = site({ RequestLock: "1", RequestObfuscation: "1" });
    expect((await ask(`quarters?${obfuscated(locked)}`, {}, both)).status).toBe(200);
    expect((await ask(`quarters?${locked}`, {}, both)).status).toBe(403);
    const save = await ask("quarters?req=saveToFile&name=a.jpg&0000", {}, lock);
    expect(await properties(save)).toMatchObject({ status: "failed", error: "badRequest" });
  });
});

test("what is known and not built yet is named in the reply", async () => {
  await buckets.SOURCES.put("quarters.png", pngOf(quarters(20, 20)));
  await buckets.SAVES.put("renditions/", new Uint8Array());
  const reply = await ask("quarters?wid=9&op_usm=1,2&op_grow=2&layer=1&src=a&effect=-1&op_blur=2");
  expect(reply.headers.get("X-Fixative-Ignored")).toBe("op_grow, layer");
  const inside = await ask("quarters?wid=9&effect=-1&op_blur=2&layer=0&src=is{a?wid=3}&mask={http://a/b.png}");
  expect(inside.headers.get("X-Fixative-Ignored")).toBe("src, mask, effect");
  expect((await ask("quarters?wid=9&ts=1")).headers.get("X-Fixative-Ignored")).toBeNull();
  const saved = await properties(await ask("quarters?wid=9&op_grow=1&req=saveToFile&name=x.jpg"));
  expect(saved).toMatchObject({ status: "done", ignored: "op_grow" });
});

test("/commands.json is the whole table as data", async () => {
  const reply = await exports.default.fetch("https://pictures.example/commands.json");
  const { commands } = (await reply.json()) as { commands: { name: string; shape: { kind: string }; state: string }[] };
  expect(commands.map(({ name }) => name)).toEqual(COMMAND_NAMES);
  expect(commands.find(({ name }) => name === "op_blur")).toMatchObject({
    scope: "layer",
    comp: "composite",
    kinds: ["image", "solid", "text", "effect"],
    shape: { kind: "number", whole: false, min: 0, max: 100 },
    state: "done",
  });
});
