import { describe, expect, test } from "vitest";
import { Line } from "../../src/render/line.ts";
import { LookClock } from "../../src/render/look-clock.ts";

const TERM = { expires: Number.POSITIVE_INFINITY };
const SECOND = 1000;

/** A line with so many in it, each of whom has looked once, and a clock. */
function lineOf(count: number) {
  const line = new Line();
  const clock = new LookClock();
  let now = 1_000_000;
  const tickets = Array.from({ length: count }, () => line.join(TERM, clock.looked));
  const look = (at: number) => {
    const ticket = tickets[at];
    if (ticket === undefined) throw new Error("no such ticket");
    return line.look(ticket, clock.look(now));
  };
  /** Time passes, in which these look every 20 ms. */
  const pass = (ms: number, ...lookers: readonly number[]) => {
    for (const end = now + ms; now < end; ) {
      now += 20;
      for (const at of lookers) look(at);
    }
  };
  for (const at of tickets.keys()) look(at);
  return {
    line,
    look,
    pass,
    standStill: (ms: number) => {
      now += ms;
    },
    leave: (at: number) => line.leave(tickets[at] ?? line.join(TERM, 0)),
  };
}

describe("a place in line", () => {
  test("is the first one's until it leaves, then the second one's", () => {
    const { look, leave } = lineOf(3);
    expect([look(0), look(1) > 0, look(2) > 0]).toEqual([0, true, true]);
    leave(0);
    expect([look(2) > 0, look(1)]).toEqual([true, 0]);
    leave(1);
    expect(look(2)).toBe(0);
  });

  test("is looked at the less often the further back it is, but every 200 ms at least", () => {
    const { look } = lineOf(300);
    const waits = Array.from({ length: 300 }, (_, at) => look(at));
    expect(waits.slice(0, 4)).toEqual([0, 20, 30, 40]);
    expect(waits).toEqual(waits.toSorted((one, other) => one - other));
    expect(waits.at(-1)).toBe(200);
  });

  test("whose owner has stopped looking is passed over when the others have looked for two seconds", () => {
    const { look, pass } = lineOf(3);
    pass(1.9 * SECOND, 1, 2);
    expect([look(1) > 0, look(2) > 0]).toEqual([true, true]);
    pass(0.2 * SECOND, 1, 2);
    expect([look(1), look(2) > 0]).toEqual([0, true]);
  });

  test("that was passed over is taken up again by an owner who looks again, before all who came later", () => {
    const { look, pass } = lineOf(3);
    pass(10 * SECOND, 1, 2);
    expect(look(1)).toBe(0);
    expect([look(0), look(1) > 0, look(2) > 0]).toEqual([0, true, true]);
  });

  test.each([3 * SECOND, 300 * SECOND])(
    "is not lost while nobody looks for %i ms, because the CPU was busy or the clock stood still",
    (ms) => {
      const { look, standStill } = lineOf(3);
      standStill(ms);
      // Whoever looks first is not before those who came first.
      expect([look(2) > 0, look(1) > 0, look(0)]).toEqual([true, true, 0]);
      for (let times = 0; times < 100; times++) {
        standStill(ms);
        expect([look(2) > 0, look(1) > 0, look(0)]).toEqual([true, true, 0]);
      }
    },
  );

  test("is not lost when the clock goes back", () => {
    const { look, standStill } = lineOf(2);
    standStill(-3600 * SECOND);
    expect([look(1) > 0, look(0)]).toEqual([true, 0]);
  });

  test("ends with its owner's time, which may come nearer: nobody waits for one who has hung up", () => {
    const line = new Line();
    const at = (now: number) => ({ now, looked: now });
    const term = { expires: 300 * SECOND };
    const gone = line.join(term, 0);
    const next = line.join(TERM, 0);
    line.look(gone, at(0));
    expect(line.look(next, at(10))).toBeGreaterThan(0);
    term.expires = 20;
    expect(line.look(next, at(19))).toBeGreaterThan(0);
    expect(line.look(next, at(20))).toBe(0);
    expect(line.length).toBe(1);
  });
});
