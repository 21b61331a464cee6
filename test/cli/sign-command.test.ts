import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTool, type Tool } from "../support/cli.ts";
import { signatureByTheLetter } from "../support/signing.ts";

let tool: Tool;
beforeAll(() => {
  tool = makeTool();
});
afterAll(() => tool.remove());

describe("fixative sign", () => {
  test("signs as the contract says, alone on its line.", async () => {
    const url = "https://pictures.example/is/image/a?req=saveToFile&name=a.jpg";
    const { code, stdout, stderr } = await tool.run(["sign", url, "--expires", "15m"], { env: { SIGN_KEY: "key" } });
    expect([code, stderr]).toEqual([0, ""]);
    const [, query = "", sig] =
      /^https:\/\/pictures\.example\/is\/image\/a\?(.*&expires=\d{10})&sig=([\da-f]{64})\n$/.exec(stdout) ?? [];
    expect(sig).toBe(await signatureByTheLetter("pictures.example", "/is/image/a", query, "key"));
  });

  test("Without a secret, or of a URL that cannot be meant, nothing is signed: 2.", async () => {
    const unset = await tool.run(["sign", "https://h/is/image/a?name=a"], { env: { SIGN_KEY: "" } });
    expect(unset).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("SIGN_KEY") });
    const wrong = await tool.run(["sign", "https://h/a?name=a"], { env: { SIGN_KEY: "key" } });
    expect(wrong).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("/is/image/") });
  });
});

test("The version is told, and every command has help: 0.", async () => {
  expect(await tool.run(["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  for (const command of ["save", "put", "ls", "sign", "doctor"]) {
    const { code, stdout } = await tool.run([command, "--help"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`fixative ${command}`)]);
  }
});
