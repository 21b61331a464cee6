import { describe, expect, test } from "vitest";
import { Fault } from "../../src/faults.ts";
import { readSettings, type SettingName } from "../../src/settings/settings.ts";

test("without any variable every setting has its documented default", () => {
  expect(readSettings({})).toMatchObject({
    RootPath: "",
    MaxPix: { width: 0, height: 0 },
    BkgColor: [255, 255, 255],
    JpegQuality: { quality: 80, chroma: false },
    ResMode: "sharp2",
    ErrorDetail: 0,
    AutoOrient: true,
    ScaleQuality: "fast",
    LinearLight: false,
    MaxSourcePixels: 400_000_000,
    MaxWholeSourcePixels: 16_000_000,
    Truncated: "accept",
    MemoryBudget: 104_857_600,
    SavePath: "",
    SaveAccess: "token",
    SaveTimeout: 60_000,
    MaxSaveTimeout: 300_000,
    SaveEffort: "small",
    MozjpegMaxPixels: 1_000_000,
    OxipngLevel: 0,
    CreateFolders: false,
    NameDecidesFormat: true,
    SharedBucket: false,
    SaveOrigins: [],
    MaxSignedLife: 86_400,
    ClientAddressFilter: [],
  });
});

test("numbers, booleans and lists of wrangler.toml are understood like text", () => {
  const settings = readSettings({
    SaveTimeout: 5000,
    CreateFolders: true,
    MaxPix: [2000, 1000],
    SaveOrigins: ["https://a.example"],
  });
  expect(settings).toMatchObject({
    SaveTimeout: 5000,
    CreateFolders: true,
    MaxPix: { width: 2000, height: 1000 },
    SaveOrigins: ["https://a.example"],
  });
});

test("folders lose the slashes around them, and extensions their dot", () => {
  expect(readSettings({ RootPath: "./" }).RootPath).toBe("");
  expect(readSettings({ RootPath: "/originals/", DefaultExt: ".tif" })).toMatchObject({
    RootPath: "originals",
    DefaultExt: "tif",
  });
});

test("a SaveTimeout that MaxSaveTimeout would refuse is refused itself", () => {
  expect(() => readSettings({ SaveTimeout: 400_000 })).toThrow("SaveTimeout: wants at most MaxSaveTimeout, got 400000");
});

test.each([
  ["2", "bilin"],
  ["3", "bicub"],
  ["4", "sharp2"],
  ["1", "sharp2"],
  ["5", "bisharp"],
  ["Bicub", "bicub"],
])("ResMode %s is %s", (text, filter) => {
  expect(readSettings({ ResMode: text }).ResMode).toBe(filter);
});

describe("a malformed setting is a clear error that names it", () => {
  test.each<[SettingName, string]>([
    ["MaxPix", "2000"],
    ["DefaultPix", "-1,0"],
    ["BkgColor", "white"],
    ["JpegQuality", "101"],
    ["ResMode", "6"],
    ["Expiration", "-2"],
    ["Expiration", "1e300"],
    ["ErrorDetail", "4"],
    ["MaxSourcePixels", "0"],
    ["AutoOrient", "perhaps"],
    ["ScaleQuality", "best"],
    ["LinearLight", "2"],
    ["MemoryBudget", "0"],
    ["MemoryBudget", "100 MB"],
    ["SaveAccess", "everybody"],
    ["ClientAddressFilter", "10.0.0.0/33"],
    ["MaxSignedLife", "0"],
    ["SaveTimeout", "soon"],
    ["CreateFolders", "yes"],
    ["CommitGrace", ""],
    ["SaveEffort", "best"],
    ["MozjpegMaxPixels", "-1"],
    ["OxipngLevel", "7"],
  ])("%s = %j", (name, text) => {
    const read = () => readSettings({ [name]: text });
    expect(read).toThrow(Fault);
    expect(read).toThrow(`${name}: wants `);
  });
});
