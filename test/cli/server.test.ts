import { describe, expect, test } from "vitest";
import { addressOf, isLocal, keyPath, serverAddress } from "../../cli/server/address.ts";
import { tokenFor } from "../../cli/server/token.ts";

describe("the server", () => {
  test.each([
    ["https://pictures.example", "/is/image/a?b=c", "https://pictures.example/is/image/a?b=c"],
    ["https://pictures.example/", "/is/doctor", "https://pictures.example/is/doctor"],
    ["http://localhost:8787/media", "/is/image/a", "http://localhost:8787/media/is/image/a"],
    ["http://localhost:8787/media//", "/is/image//a", "http://localhost:8787/media/is/image//a"],
  ])("%s has %s at %s", (server, path, href) => {
    expect(addressOf(serverAddress(server), path).href).toBe(href);
  });

  test.each([undefined, "", "pictures.example", "ftp://a", "https://a/?x", "https://a/#x", "https://user:word@a/"])(
    "%j is none",
    (given) => {
      expect(() => serverAddress(given)).toThrow(/--server/);
    },
  );

  test("Keys keep their slashes, and nothing else that means something in a URL.", () => {
    expect(keyPath("/is/sources/", "a b/c?d#e%/ö")).toBe("/is/sources/a%20b/c%3Fd%23e%25/%C3%B6");
  });
});

describe("the token", () => {
  const devVars = () => ({ SAVE_TOKEN: "local" });
  const token = (server: string, given?: string, environment = {}) =>
    tokenFor(new URL(server), { given, environment, devVars });

  test("is the one that is given, else that of the environment.", () => {
    expect(token("https://a", "given", { FIXATIVE_TOKEN: "environment" })).toBe("given");
    expect(token("https://a", undefined, { FIXATIVE_TOKEN: "environment" })).toBe("environment");
    expect(token("https://a", "")).toBeUndefined();
  });

  test("that no header can carry is refused, and not shown.", () => {
    for (const wrong of ["se\ncret", " secret", "sécret"])
      expect(() => token("https://a", wrong)).toThrow(/^the token: [^é]*$/);
  });

  test("is that of .dev.vars for this machine alone: no other server is told it.", () => {
    for (const local of ["http://localhost:1", "http://127.0.0.1", "http://[::1]:8787", "http://a.localhost"]) {
      expect(isLocal(new URL(local))).toBe(true);
      expect(token(local)).toBe("local");
    }
    for (const far of [
      "https://pictures.example",
      "https://localhost.example",
      "http://127.0.0.1.example",
      "http://10.0.0.1",
    ]) {
      expect(token(far)).toBeUndefined();
    }
  });
});
