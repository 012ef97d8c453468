/** `test`: whether a policy logs requests at the levels that files expect. */
import { readPolicyDocument } from '../audit/policy/document';
import type { Policy } from '../audit/policy/types';
import { textOfWhat } from '../audit/request/asked';
import { resultsOf, type Expectation, type ExpectationResult } from '../audit/request/expectations';
import { JSON_OUTPUT, KUBERNETES, kubernetesOf, type Command } from './command';
import { expectationsIn } from './expectations';
import { guessNotes } from './guesses';
import { EXIT, textOf, UsageError, type Io } from './io';
import { print, printJson, printProblem, type Line } from './print';
import { styleOf, type Style } from './style';
import type { Words } from './words';

/** An expectation, with the file that it stands in and its place there. */
interface Given {
  readonly file: string;
  readonly index: number;
  readonly expectation: Expectation;
}

export const TEST: Command = {
  name:    'test',
  options: { ...KUBERNETES, ...JSON_OUTPUT },
  run:     async ({ values, files, io, t }) => {
    const [file, ...others] = files;

    if (file === undefined || !others.length || files.filter((each) => each === '-').length > 1) {
      throw new UsageError('testFiles');
    }
    const kubernetes = kubernetesOf(values);
    const { policy, error } = readPolicyDocument(await textOf(file, io), kubernetes);
    const given = (await Promise.all(others.map((each) => givenIn(each, io, t)))).flat();

    if (error !== undefined || !policy) {
      await (values['json'] ? printJson(io.out, { accepted: false, error: error ?? null }) : printProblem(io, t('cli.explain.refused', { file, error: error ?? '' })));

      return EXIT.no;
    }
    const results = judged(policy, given);

    await (values['json'] ? printJson(io.out, answerOf(results)) : print(io.out, linesOf(results, t, styleOf(io.out.isTerminal))));

    return results.every(({ result }) => result.holds) ? EXIT.done : EXIT.no;
  }
};

interface Judged extends Given {
  readonly result: ExpectationResult;
}

async function givenIn(file: string, io: Io, t: Words): Promise<readonly Given[]> {
  const { expectations } = await expectationsIn(file, io, t);

  return expectations.map((expectation, index) => ({ file, index, expectation }));
}

function judged(policy: Policy, given: readonly Given[]): readonly Judged[] {
  const results = resultsOf(policy, given.map(({ expectation }) => expectation));

  return given.flatMap((each, index) => {
    const result = results[index];

    return result ? [{ ...each, result }] : [];
  });
}

function answerOf(results: readonly Judged[]): object {
  return {
    accepted: true,
    holds:    results.every(({ result }) => result.holds),
    results:  results.map(({ file, index, expectation, result }) => ({ file, index, user: expectation.asked.who.user ?? null, request: textOfWhat(expectation.asked.what), expected: expectation.level, level: result.level ?? null, rule: result.rule ?? null, holds: result.holds, scopeGuessed: result.guessed }))
  };
}

function linesOf(results: readonly Judged[], t: Words, style: Style): readonly Line[] {
  const lines = results.map(({ expectation: { asked, level: expected }, result: { level = '', rule, holds } }): Line => {
    const verdict = holds ? style.good(t('cli.test.holds', { level })) : style.severity('block', t('cli.test.differs', { level, expected }));
    const reason = rule === undefined ? t('cli.explain.noRule') : t('cli.test.rule', { rule: rule + 1 });
    const user = asked.who.user ?? t('expect.nobody');

    return [verdict, ` ${ user }: ${ textOfWhat(asked.what) } `, style.dim(`(${ reason })`)];
  });

  return [...lines, ...guessNotes(results.flatMap(({ result }) => result.guessed), t), t('cli.test.sum', { count: results.filter(({ result }) => result.holds).length, all: results.length })];
}
