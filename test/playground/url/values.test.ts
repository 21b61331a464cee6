import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../../playground/url/parts.ts";
import { sectionsOf, valueIn, withValue } from "../../../playground/url/values.ts";
import { commandNamed, LANGUAGE } from "../../support/language.ts";

const get = (query: string, name: string, section = 0) => valueIn(query, commandNamed(name), LANGUAGE, section);
const set = (query: string, name: string, value: string | undefined, section = 0) =>
  withValue(query, commandNamed(name), value, LANGUAGE, section);

describe("a value is read out of a query", () => {
  test.each([
    ["wid=400&hei=300", "hei", "300"],
    ["WID=400", "wid", "400"],
    ["wid=1&wid=2", "wid", "2"],
    ["colorize=aa3344", "op_colorize", "aa3344"],
    ["name=spring%2Fa+b.jpg", "name", "spring/a b.jpg"],
    ["hei=300", "wid", undefined],
    ["", "wid", undefined],
    ["op_invert", "op_invert", ""],
    ["amp;wid=7", "wid", "7"],
    ["src=is{logo?wid=2}&wid=9", "wid", "9"],
  ] as const)("%s says %s: %s", (query, name, value) => {
    expect(get(query, name)).toBe(value);
  });

  test("the last one of a slot counts, whatever it is called", () => {
    expect(get("crop=1,2,3,4&cropN=0,0,1,1", "crop")).toBeUndefined();
    expect(get("crop=1,2,3,4&cropN=0,0,1,1", "cropN")).toBe("0,0,1,1");
  });

  test("commands of a layer belong to their section, those of the view to all of them", () => {
    const query = "crop=1,1,2,2&layer=1&crop=3,3,4,4&wid=5";
    expect([get(query, "crop", 0), get(query, "crop", 1)]).toEqual(["1,1,2,2", "3,3,4,4"]);
    expect([get(query, "wid", 0), get(query, "wid", 1)]).toEqual(["5", "5"]);
    expect(sectionsOf(query, LANGUAGE).map(({ title }) => title)).toEqual(["", "layer=1"]);
  });
});

describe("a value is written into a query", () => {
  test.each([
    ["", "wid", "400", "wid=400"],
    ["wid=1&hei=2", "wid", "400", "wid=400&hei=2"],
    ["wid=1&hei=2&wid=3", "wid", "4", "wid=1&hei=2&wid=4"],
    ["wid=1&hei=2&wid=3", "wid", undefined, "hei=2"],
    ["$pdp$&wid=1&.comment&ts=5", "hei", "7", "$pdp$&wid=1&.comment&ts=5&hei=7"],
    ["crop=1,2,3,4&wid=1", "cropN", "0,0,1,1", "wid=1&cropN=0,0,1,1"],
    ["wid=1&layer=1&src=b", "hei", "2", "wid=1&hei=2&layer=1&src=b"],
    ["layer=1&src=b", "hei", "2", "hei=2&layer=1&src=b"],
    ["op_invert", "op_invert", "1", "op_invert=1"],
    ["", "name", "a b&c.jpg", "name=a%20b%26c.jpg"],
    ["", "src", "is{logo?wid=2}", "src=is{logo?wid=2}"],
    ["wid=1", "layer", "1", "wid=1&layer=1"],
  ] as const)("%s with %s=%s is %s", (query, name, value, written) => {
    expect(set(query, name, value)).toBe(written);
  });

  test("a command of a layer goes into the section that is meant", () => {
    expect(set("wid=1&layer=1&src=b&layer=2", "crop", "1,1,2,2", 1)).toBe("wid=1&layer=1&src=b&crop=1,1,2,2&layer=2");
  });

  test("what is written is read again, and nothing else changes", () => {
    const query = fc.array(fc.constantFrom("wid=7", "$a$", "op_blur=3", "x=1", ".c", "layer=1", "crop=1,1,1,1", ""));
    const name = fc.constantFrom("wid", "hei", "cropN", "bgc", "name");
    fc.assert(
      fc.property(query, name, fc.string({ unit: "binary", minLength: 1 }), (parts, command, value) => {
        const before = parts.join("&");
        const after = set(before, command, value);
        expect(get(after, command)).toBe(value.toWellFormed());
        const slot = commandNamed(command).slot;
        const others = (text: string) =>
          partsOf(text)
            .map((part) => text.slice(part.start, part.end))
            .filter(
              (part) => !LANGUAGE.commands.some((each) => each.slot === slot && part.startsWith(`${each.name}=`)),
            );
        expect(others(after)).toEqual(others(before));
      }),
    );
  });
});
