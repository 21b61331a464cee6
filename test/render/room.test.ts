import { describe, expect, test } from "vitest";
import type { Claim } from "../../src/plan/claim.ts";
import { type Lease, Room } from "../../src/render/room.ts";
import { FakeStock } from "../support/stock.ts";

const CAPACITY = 100;
/** Milliseconds that a picture has to notice that its time is up, and those of them in which others look. */
const NOTICE = 3000;
const SILENCE = 500;

const own = (bytes: number): Claim => ({ own: bytes, codecs: {} });

function roomBeside(stock = new FakeStock()) {
  const room = new Room(stock);
  const lease = (claim: Claim, { now = 0, expires = 1000, graceMs = 0 } = {}, looked = now) =>
    room.lease(claim, { capacity: CAPACITY, expires, graceMs }, { now, looked });
  return { room, stock, lease };
}

function got(lease: Lease | undefined): Lease {
  if (lease === undefined) throw new Error("no room");
  return lease;
}

describe("room", () => {
  test("is there for pictures up to the capacity to the byte, and for those behind when these are through", () => {
    const { room, lease } = roomBeside();
    const first = got(lease(own(60)));
    got(lease(own(40)));
    expect(room.heldBytes).toBe(CAPACITY);
    expect(lease(own(1))).toBeUndefined();
    first.end();
    expect(room.heldBytes).toBe(40);
    expect(lease(own(61))).toBeUndefined();
    got(lease(own(60)));
  });

  test("becomes more when a picture is made, which is its file from then on", () => {
    const { room, lease } = roomBeside();
    const first = got(lease({ own: 60, codecs: { mozjpegEncoder: 40 } }));
    first.shrinkTo(5);
    expect(room.heldBytes).toBe(5);
    got(lease(own(95)));
    first.end();
    expect([room.heldBytes, room.leases]).toEqual([95, 1]);
  });

  test("becomes more when a part of it is given back, which leaves the codecs to the picture", () => {
    const { room, lease } = roomBeside();
    const first = got(lease({ own: 60, codecs: { mozjpegEncoder: 40 } }));
    first.giveBack(20);
    expect(room.heldBytes).toBe(80);
    got(lease(own(20)));
    first.giveBack(50);
    expect(room.heldBytes).toBe(60);
  });

  test("says whether it is held still: until it is given back, or taken", () => {
    const { lease } = roomBeside();
    const first = got(lease(own(100)));
    first.shrinkTo(5);
    expect(first.claimed.isHeld).toBe(true);
    first.end();
    expect(first.claimed.isHeld).toBe(false);
    const cancelled = got(lease(own(100), { expires: 1000 }));
    const over = 1000 + NOTICE;
    expect(lease(own(1), { now: over })).toBeUndefined();
    expect(cancelled.claimed.isHeld).toBe(true);
    got(lease(own(1), { now: over + SILENCE, expires: 9000 }));
    expect(cancelled.claimed.isHeld).toBe(false);
  });

  test("is not given back twice", () => {
    const { room, lease } = roomBeside();
    const first = got(lease(own(60)));
    got(lease(own(30)));
    first.end();
    first.end();
    first.shrinkTo(50);
    expect([room.heldBytes, room.leases]).toEqual([30, 1]);
  });

  test("is taken back from one whose time and grace are over: its request was cancelled, and says nothing any more", () => {
    const { room, lease } = roomBeside();
    got(lease(own(100), { expires: 1000, graceMs: 500 }));
    const over = 1500 + NOTICE;
    expect(lease(own(1), { now: over - 1 })).toBeUndefined();
    expect(lease(own(1), { now: over })).toBeUndefined();
    expect(lease(own(1), { now: over + SILENCE - 1 })).toBeUndefined();
    got(lease(own(100), { now: over + SILENCE, expires: 9000 }));
    expect(room.leases).toBe(1);
  });

  test("is not taken back before its holder could have noticed: the loop stood still longer than its time", () => {
    const { lease } = roomBeside();
    const first = got(lease(own(100), { expires: 1000 }));
    for (let looks = 0; looks < 10; looks++) {
      expect(lease(own(1), { now: 1_000_000 }, looks * 10)).toBeUndefined();
    }
    first.end();
    got(lease(own(1), { now: 1_000_000 }));
  });

  test("is taken back as early as the time of its request has come nearer: the client has hung up", () => {
    const { room } = roomBeside();
    const terms = { capacity: CAPACITY, expires: 300_000, graceMs: 0 };
    const at = (now: number) => ({ now, looked: now });
    got(room.lease(own(100), terms, at(0)));
    const other = { ...terms };
    expect(room.lease(own(1), other, at(200_000))).toBeUndefined();
    terms.expires = 200_000;
    expect(room.lease(own(1), other, at(200_000 + NOTICE))).toBeUndefined();
    got(room.lease(own(1), other, at(200_000 + NOTICE + SILENCE)));
  });

  test("is there for one picture in any case, however much lies about and whatever it claims", () => {
    const { lease, stock } = roomBeside();
    stock.others = 1000;
    const large = got(lease(own(500)));
    expect(lease(own(1))).toBeUndefined();
    large.end();
    const small = got(lease(own(1)));
    expect(lease(own(1))).toBeUndefined();
    stock.collect();
    got(lease(own(1)));
    small.end();
  });
});

describe("memory of codecs", () => {
  test("is claimed once by all who use one, as much as the largest of them needs", () => {
    const { room, lease } = roomBeside();
    const first = got(lease({ own: 10, codecs: { mozjpegEncoder: 30 } }));
    const second = got(lease({ own: 10, codecs: { mozjpegEncoder: 40 } }));
    expect(room.heldBytes).toBe(60);
    got(lease({ own: 10, codecs: { webpEncoder: 30 } }));
    expect(room.heldBytes).toBe(100);
    second.shrinkTo(10);
    expect(room.heldBytes).toBe(90);
    first.end();
    expect(room.heldBytes).toBe(50);
  });

  test("is that of the idle instance, which a picture will use, and lets grow", () => {
    const { room, lease, stock } = roomBeside();
    stock.used("mozjpegEncoder", 30);
    got(lease({ own: 10, codecs: { mozjpegEncoder: 20 } }));
    expect(room.heldBytes).toBe(40);
    got(lease({ own: 10, codecs: { mozjpegEncoder: 80 } }));
    expect(room.heldBytes).toBe(100);
    expect(stock.dropped).toEqual([]);
  });
});

describe("what lies idle", () => {
  test("stays where a picture has only to wait for another one", () => {
    const { lease, stock } = roomBeside();
    stock.used("webpEncoder", 30);
    stock.idleKernels = 10;
    const first = got(lease(own(50)));
    expect(lease(own(60))).toBeUndefined();
    expect(stock.dropped).toEqual([]);
    first.end();
    got(lease(own(60)));
    expect(stock.dropped).toEqual([]);
  });

  test("makes way for a picture that would not fit beside it even alone: what was used longest ago first, and no more", () => {
    const { room, lease, stock } = roomBeside();
    stock.used("webpDecoder", 30);
    stock.used("webpEncoder", 20);
    stock.used("mozjpegEncoder", 20);
    stock.idleKernels = 10;
    const first = got(lease(own(1)));
    expect(lease({ own: 30, codecs: { webpDecoder: 40 } })).toBeUndefined();
    expect(stock.dropped).toEqual(["webpEncoder"]);
    // It is there until the collector has come.
    expect(room.heldBytes).toBe(81);
    first.end();
    stock.collect();
    got(lease({ own: 30, codecs: { webpDecoder: 40 } }));
    expect([room.heldBytes, stock.dropped]).toEqual([100, ["webpEncoder"]]);
  });

  test("makes way where it is larger than the picture needs, behind what the picture does not use at all", () => {
    const { lease, stock } = roomBeside();
    stock.used("squooshPng", 85);
    stock.used("mozjpegEncoder", 5);
    stock.idleKernels = 5;
    got(lease({ own: 20, codecs: { squooshPng: 10 } }));
    expect(stock.dropped).toEqual(["mozjpegEncoder", "squooshPng"]);
  });

  test("makes way with its kernels last", () => {
    const { lease, stock } = roomBeside();
    stock.used("mozjpegEncoder", 20);
    stock.idleKernels = 5;
    got(lease(own(98)));
    expect(stock.dropped).toEqual(["mozjpegEncoder", "kernels"]);
  });

  test("stays where a picture in the making counts on it: a second instance would be more", () => {
    const { room, lease, stock } = roomBeside();
    stock.used("mozjpegEncoder", 40);
    const first = got(lease({ own: 10, codecs: { mozjpegEncoder: 40 } }));
    expect(lease(own(95))).toBeUndefined();
    expect(stock.dropped).toEqual([]);
    first.shrinkTo(1);
    expect(lease(own(95))).toBeUndefined();
    expect(stock.dropped).toEqual(["mozjpegEncoder"]);
    first.end();
    stock.collect();
    got(lease(own(95)));
    expect(room.heldBytes).toBe(95);
  });

  test("is never more than the capacity, once a picture is through", () => {
    const { lease, stock } = roomBeside();
    stock.used("webpDecoder", 50);
    const lent = got(lease({ own: 1, codecs: { squooshPng: 49 } }));
    stock.used("squooshPng", 60);
    lent.end();
    expect([...stock.idleCodecs.keys()]).toEqual(["squooshPng"]);
  });
});
