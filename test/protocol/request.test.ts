import { describe, expect, test } from "vitest";
import { describe as describeProblem } from "../../src/protocol/problem.ts";
import { flatCommands as commands, readPlain } from "../support/reading.ts";

const problems = (modifiers: string) => readPlain(modifiers).problems.map(describeProblem);

describe("structure", () => {
  test("the last instance of a command counts, and the others are not even read", () => {
    expect(commands("wid=1&wid=abc&WID=300")).toEqual({ wid: 300 });
    expect(problems("wid=abc&wid=300")).toEqual([]);
  });

  test("names are read in any case, encoded or not", () => {
    expect(commands("WiD=3&%68ei=4&RESMODE=Bicub")).toEqual({ wid: 3, hei: 4, resMode: "bicub" });
  });

  test("comments, empty modifiers and unknown commands are passed over", () => {
    const { view, notes } = readPlain(".x&&?wid=3&amp;hei=4&.wid=9&ts=1&dpr&");
    expect(view).toEqual({ wid: 3, hei: 4 });
    expect(notes.map(({ name }) => name)).toEqual(["ts", "dpr"]);
  });

  test("names that every object has are no commands", () => {
    const names = ["constructor", "__proto__", "toString", "hasOwnProperty"];
    const { notes, request, view, layers } = readPlain(names.map((name) => `${name}=1`).join("&"));
    expect(notes.map(({ name }) => name)).toEqual(names);
    expect([request, view, layers]).toEqual([{}, {}, []]);
  });

  test("commands of a nested request are not those of the outer one", () => {
    expect(commands("src=is{a?wid=1&hei=2}&wid=5")).toEqual({ wid: 5 });
    expect(commands("src=is(a?wid=1&src=is(b?hei=2))&hei=6")).toEqual({ hei: 6 });
  });

  test("brackets without a partner, inside other text and in comments are text", () => {
    expect(commands("name=hero(1.jpg&wid=5")).toEqual({ name: "hero(1.jpg", wid: 5 });
    expect(commands("name=a(b&hei=2)&wid=5")).toEqual({ name: "a(b", wid: 5 });
    expect(commands(".note:(draft&wid=5&.end)")).toEqual({ wid: 5 });
    expect(commands("src=is{a?b=(}&wid=5")).toEqual({ wid: 5 });
    expect(commands("src={http://x/a?b=1&wid=3)}&wid=5")).toEqual({ wid: 5 });
  });

  test("a second question mark before a name separates, as real URLs have it", () => {
    expect(commands("ts=1&wid=3?hei=4")).toEqual({ wid: 3, hei: 4 });
    expect(commands("name=why?.jpg")).toEqual({ name: "why?.jpg" });
  });

  test("an encoded separator does not separate", () => {
    expect(commands("name=a%26wid%3D5.png")).toEqual({ name: "a&wid=5.png" });
  });
});

describe("values", () => {
  test.each([
    ["wid=99.5", { wid: 100 }],
    ["wid=5.0&timeout=5.0", { wid: 5, timeout: 5 }],
    ["scl=.5", { scl: 0.5 }],
    ["scl=2.5e-1", { scl: 0.25 }],
    ["fit=crop&wid=1", { fit: { mode: "crop" }, wid: 1 }],
    ["fit=Constrain,1&hei=1", { fit: { mode: "constrain", upscale: true }, hei: 1 }],
    ["align=-1,.5", { align: { horizontal: -1, vertical: 0.5 } }],
    ["align=0%2C1", { align: { horizontal: 0, vertical: 1 } }],
    ["qlt=85", { qlt: { quality: 85 } }],
    ["qlt=85,", { qlt: { quality: 85 } }],
    ["fmt=png,,none", { fmt: { format: "png", compression: "none" } }],
    ["req=SAVETOFILE", { req: { type: "saveToFile" } }],
    ["req=validate,JSON,strict", { req: { type: "validate", format: "json", option: "strict" } }],

    ["name=a+b%20c.png", { name: "a b c.png" }],
    ["name=%C3%A9.png", { name: "é.png" }],
  ])("%s", (modifiers, expected) => {
    expect(commands(modifiers)).toEqual(expected);
  });

  test.each([
    ["wid=abc", 'wid: wants a number of pixels > 0, got "abc" (at character 4)'],
    ["hei=3&wid=-5", 'wid: wants a number of pixels > 0, got "-5" (at character 10)'],
    ["wid=0", 'wid: wants a number of pixels > 0, got "0" (at character 4)'],
    ["wid=0.4", 'wid: wants a number of pixels > 0, got "0.4" (at character 4)'],
    ["wid=1e999", 'wid: wants a number of pixels > 0, got "1e999" (at character 4)'],
    ["wid=0x10", 'wid: wants a number of pixels > 0, got "0x10" (at character 4)'],
    ["wid=", "wid: wants a number of pixels > 0, got nothing (at character 4)"],
    ["qlt=900", 'qlt: wants quality (a whole number 1..100), got "900" (at character 4)'],
    ["qlt=80,2", 'qlt: wants chroma (0 or 1), got "2" (at character 7)'],
    ["qlt=80,1,1", 'qlt: wants at most 2 values: quality,[chroma], got "80,1,1" (at character 4)'],
    ["timeout=0", 'timeout: wants a whole number of at least 1, got "0" (at character 8)'],
    ["timeout=1.5", 'timeout: wants a whole number of at least 1, got "1.5" (at character 8)'],
    ["fit=crop", 'fit: wants wid or hei beside it, got "neither" (at character 4)'],
    ["scl=0", 'scl: wants a number > 0, got "0" (at character 4)'],
    ["align=0", "align: wants vertical (a number -1..1), got nothing (at character 7)"],
    ["align=0,1.1", 'align: wants vertical (a number -1..1), got "1.1" (at character 8)'],
    [
      "fit=fill&wid=1",
      'fit: wants mode (one of fit, constrain, crop, wrap, stretch, hfit, vfit), got "fill" (at character 4)',
    ],
    ["name=%ff.png", 'name: wants text in UTF-8, got "%ff.png" (at character 5)'],
    ["name=%ed%a0%80.png", 'name: wants text in UTF-8, got "%ed%a0%80.png" (at character 5)'],
  ])("%s says what was wanted, what came and where", (modifiers, expected) => {
    expect(problems(modifiers)).toEqual([expected]);
  });

  test("every problem of a request is told, not only the first", () => {
    expect(problems("wid=a&hei=b&fmt=c")).toHaveLength(3);
  });

  test("a long value is cut in the message", () => {
    expect(problems(`wid=${"9x".repeat(5000)}`)[0]?.length).toBeLessThan(200);
  });
});
