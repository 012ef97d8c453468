/**
 * `npm run bench`: how fast policies are decided, read, edited and compared, and how fast the tab is in a real browser. `npm run bench browser` runs one part.
 *
 * It prints tables and judges nothing: a time is no test.
 */
import { hasGo } from '../../demo/steps/go';
import { runProgram } from '../../demo/steps/program';
import { setUp } from '../../demo/steps/setUp';
import { DEFAULT_HOST } from '../../demo/steps/hosts';
import { demoSteps, PACKAGES } from '../../demo/steps/steps';
import { CHROMIUM } from '../steps/chromium';
import { JUDGES } from '../steps/judges';
import { benchOfBrowser } from './browser';
import { benchOfComparing, COMPARISONS } from './comparing';
import { benchOfDecisions } from './decisions';
import { benchOfReading, TIMES } from './reading';

const SIZES = [20, 200, 1_000];

const PARTS: Readonly<Record<string, (signal: AbortSignal) => Promise<void>>> = {
  async decisions(signal) {
    await setUp(hasGo() ? [PACKAGES, JUDGES] : [PACKAGES], signal);
    console.log('\nDecisions: nanoseconds for one, over requests that are decided by rules all over the policy');
    console.table({ '20 rules': await benchOfDecisions(20), '200 rules': await benchOfDecisions(200) });
  },

  async reading(signal) {
    await setUp([PACKAGES], signal);
    console.log(`\nReading and editing in Node: milliseconds, the median of ${ TIMES }`);
    console.table(Object.fromEntries(SIZES.map((count) => [`${ count } rules`, benchOfReading(count)])));
  },

  async comparing(signal) {
    await setUp([PACKAGES], signal);
    console.log(`\nComparing policies that name too much, and importing expectations: milliseconds, the median of ${ COMPARISONS }`);
    console.table(benchOfComparing());
  },

  async browser(signal) {
    await setUp([CHROMIUM, ...demoSteps([DEFAULT_HOST])], signal);
    await benchOfBrowser(SIZES);
  }
};

runProgram(async (signal) => {
  const [name] = process.argv.slice(2);

  for (const [part, run] of Object.entries(PARTS)) {
    if (name === undefined || name === part) {
      await run(signal);
    }
  }

  return 0;
});
