import type { Reporter, TestModule } from "vitest/node";

/** The describe block under which tests of ../shared/corpus stand, one test a picture. */
export const CORPUS = "corpus";

/**
 * Ends a run with two lines that scripts can read: how many corpus cases ran, and how many tests passed.
 */
export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string, among = tests) => among.filter((test) => test.result().state === state).length;
    const corpus = tests.filter((test) => test.fullName.startsWith(`${CORPUS} > `));
    const ran = count("passed", corpus) + count("failed", corpus);
    console.log(`\ncorpus cases that ran: ${ran}${ran === 0 ? " (../shared/corpus is not there: skipped)" : ""}`);
    console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
  }
}
