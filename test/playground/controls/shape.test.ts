import { describe, expect, test } from "vitest";
import { controlFor, fieldsValue, fieldTexts } from "../../../playground/controls/shape.ts";
import { COMMANDS } from "../../../src/protocol/commands/table.ts";
import { isWrong } from "../../../src/protocol/problem.ts";
import { commandNamed, LANGUAGE } from "../../support/language.ts";

const control = (name: string) => controlFor(commandNamed(name).shape, commandNamed(name).default);

test.each([
  ["op_blur", { kind: "slider", min: 0, max: 100, whole: false, step: 0.1 }],
  ["op_hue", { kind: "slider", min: -180, max: 180, whole: true, step: 1 }],
  ["wid", { kind: "number", whole: true, min: 1, max: 2147483648 }],
  ["rotate", { kind: "number", whole: false }],
  ["flip", { kind: "menu", words: ["lr", "ud", "lrud"] }],
  ["op_invert", { kind: "switch" }],
  ["bgc", { kind: "colour" }],
  ["src", { kind: "text" }],
] as const)("the shape of %s is offered as %j", (name, wanted) => {
  expect(control(name)).toEqual(wanted);
});

describe("a compound value and its fields", () => {
  const fieldsOf = (name: string) => {
    const made = control(name);
    if (made.kind !== "fields") throw new Error(`${name} has no fields`);
    return made.fields;
  };

  test("are one another, for every example of the table", () => {
    for (const { name, shape, example } of LANGUAGE.commands) {
      if (shape.kind !== "fields") continue;
      const value = example.slice(example.indexOf("=") + 1);
      expect(fieldsValue(fieldTexts(value, fieldsOf(name)), fieldsOf(name)), name).toBe(value);
    }
  });

  test("what is required is filled in where another one was given", () => {
    expect(fieldsValue(["", "0.8", "", ""], fieldsOf("op_usm"))).toBe("0,0.8");
    expect(fieldsValue(["", "1"], fieldsOf("fit"))).toBe("fit,1");
    expect(fieldsValue(["", "", "200", ""], fieldsOf("crop"))).toBe("0,0,200,0");
    expect(fieldsValue(["", "", "", ""], fieldsOf("crop"))).toBe("");
  });

  test("any one field alone makes a value that the server understands", () => {
    for (const { name, shape, example, state } of LANGUAGE.commands) {
      if (shape.kind !== "fields" || state === "planned") continue;
      const fields = fieldsOf(name);
      const texts = fieldTexts(example.slice(example.indexOf("=") + 1), fields);
      for (const [place, text] of texts.entries()) {
        if (text === "") continue;
        const value = fieldsValue(
          texts.map((each, at) => (at === place ? each : "")),
          fields,
        );
        const { grammar } = COMMANDS[name as keyof typeof COMMANDS];
        const read = grammar.read(value);
        // A rectangle of no width is none: more numbers are still to be typed. A contrast wants the word before it.
        const isUnfinished = commandNamed(name).frame !== undefined || (name === "op_colorize" && place === 2);
        expect(isUnfinished || !isWrong(read), `${name}=${value}`).toBe(true);
      }
    }
  });

  test("a list in the middle has its items, one at the end all that are left", () => {
    expect(fieldTexts("1,2,3,4,5,6,7,8,R3", fieldsOf("perspective"))).toEqual(["1,2,3,4,5,6,7,8", "R3"]);
    expect(fieldTexts("adaptive,off,16,ff0000,00ff00", fieldsOf("quantize")).at(-1)).toBe("ff0000,00ff00");
  });
});

test("Every command of the table has a control, and only one may have a role.", () => {
  for (const { shape, default: usual } of LANGUAGE.commands) expect(controlFor(shape, usual).kind).toBeTruthy();
  const roles = LANGUAGE.commands.flatMap(({ role }) => role ?? []);
  expect(roles.sort()).toEqual(["height", "saveName", "type", "width"]);
});

test("What has a frame is a rectangle: four numbers, of which the first ones are x, y, width, height.", () => {
  const framed = LANGUAGE.commands.filter(({ frame }) => frame !== undefined);
  expect(framed.map(({ name }) => name)).toEqual(["rgn", "rect", "crop", "cropN"]);
  for (const { shape } of framed) {
    const names = shape.kind === "fields" ? shape.fields.slice(0, 4).map(({ name }) => name) : [];
    expect(names).toEqual(["x", "y", "width", "height"]);
  }
});
