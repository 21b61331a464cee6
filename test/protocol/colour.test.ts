import { describe, expect, test } from "vitest";
import { colour } from "../../src/protocol/grammar/colour.ts";
import { isWrong } from "../../src/protocol/problem.ts";

const hex = (value: number) => value / 255;
const percent = (value: number) => value / 100;

describe("the table of protocol.md 2.3, with hex over 255 throughout (A-33)", () => {
  test.each([
    ["0,100,200", "rgb", [0, 100, 200].map(hex), 1, false],
    ["0,100,200,200rs", "rgb", [0, 100, 200].map(hex), hex(200), true],
    ["0x010203S", "rgb", [1, 2, 3].map(hex), 1, true],
    ["a0b1c2d3R", "rgb", [160, 177, 194].map(hex), hex(211), false],
    ["100S", "gray", [1], 1, true],
    ["50,75g", "gray", [percent(50)], percent(75), false],
    ["0X70G", "gray", [hex(0x70)], 1, false],
    ["0xddeegs", "gray", [hex(0xdd)], hex(0xee), true],
    ["94,11,50,33k", "cmyk", [94, 11, 50, 33].map(percent), 1, false],
    ["22,23,24,25,26KS", "cmyk", [22, 23, 24, 25].map(percent), percent(26), true],
    ["38393A3bK", "cmyk", [0x38, 0x39, 0x3a, 0x3b].map(hex), 1, false],
    ["0x0a0b0C0d0eks", "cmyk", [10, 11, 12, 13].map(hex), hex(14), true],
    ["100200", "rgb", [16, 2, 0].map(hex), 1, false],
    ["50", "gray", [percent(50)], 1, false],
    ["12345678", "rgb", [0x12, 0x34, 0x56].map(hex), hex(0x78), false],
  ])("%s", (text, space, components, alpha, inSourceSpace) => {
    expect(colour.read(text)).toEqual({ space, components, alpha, inSourceSpace });
  });
});

test.each([
  "",
  "red",
  "101",
  "0,0,256",
  "0,101g",
  "1,2,3,4,5",
  "10,20,30k",
  "0x1",
  "0x123",
  "0x12345",
  "12345",
  "0x0102030405",
  "ffg",
  "#ffffff",
  "-1,0,0",
  "1.5,0,0",
  "0x70k",
  "ss",
])("%j is no colour", (text) => {
  expect(isWrong(colour.read(text))).toBe(true);
});
