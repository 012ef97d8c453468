/**
 * The expectations of a policy: requests, each with the level at which it has to be logged.
 */
import { LEVELS, type Level, type Policy } from '../policy/types';
import { requestAsked, type AskedRequest } from './asked';
import { compilePolicy, type CompiledPolicy } from './compile';
import { decide } from './decide';
import { withoutKubectl } from './kubectlLine';
import { KUBERNETES, type ServedResources } from './served';

export interface Expectation {
  readonly asked: AskedRequest;
  readonly level: Level;
}

export interface ExpectationResult {
  readonly expectation: Expectation;
  /** What the policy says; undefined for what is no request. */
  readonly level: Level | undefined;
  /** Index of the rule that says so; undefined where none matches. */
  readonly rule: number | undefined;
  readonly holds: boolean;
  /** Resources, with their groups, of which it is only guessed that they are in namespaces. */
  readonly guessed: readonly string[];
}

/** From so many on a policy is made ready first. */
const WORTH_COMPILING = 20;

/** Which of the expectations a policy meets, in their order. */
export function resultsOf(policy: Policy, expectations: readonly Expectation[], served: ServedResources = KUBERNETES): readonly ExpectationResult[] {
  const judge: CompiledPolicy = expectations.length < WORTH_COMPILING ? (request) => decide(policy, request) : compilePolicy(policy);

  return expectations.map((expectation): ExpectationResult => {
    const read = requestAsked(expectation.asked, served);
    const { level, rule } = 'request' in read ? judge(read.request) : { level: undefined, rule: undefined };

    return { expectation, level, rule, holds: level === expectation.level, guessed: 'request' in read ? read.guessed : [] };
  });
}

/** The list with others: each in the place of the first about the same request, or at the end. */
export function withExpectations(expectations: readonly Expectation[], added: readonly Expectation[]): readonly Expectation[] {
  const list = [...expectations];
  const places = new Map<string, number>();
  const placeOf = ({ asked }: Expectation, otherwise: number): number => {
    const question = questionOf(asked);
    const place = places.get(question) ?? otherwise;

    places.set(question, place);

    return place;
  };

  expectations.forEach(placeOf);
  for (const expectation of added) {
    list[placeOf(expectation, list.length)] = expectation;
  }

  return list;
}

/** The list with what turned one list into another; what was done to it besides stays. */
export function withChangesBetween(now: readonly Expectation[], from: readonly Expectation[], to: readonly Expectation[]): readonly Expectation[] {
  const [here, left, wanted] = [byQuestion(now), byQuestion(from), byQuestion(to)];
  const kept = [...here].flatMap(([question, expectation]) => expectation.level === left.get(question)?.level ? wanted.get(question) ?? [] : [expectation]);

  return [...kept, ...[...wanted].filter(([question]) => !left.has(question) && !here.has(question)).map(([, expectation]) => expectation)];
}

/** Whether a text is the name of a level. */
export function isLevel(text: unknown): text is Level {
  return LEVELS.some((level) => level === text);
}

function byQuestion(expectations: readonly Expectation[]): ReadonlyMap<string, Expectation> {
  return new Map(expectations.map((expectation) => [questionOf(expectation.asked), expectation]));
}

/** The same text for the same question, however it is written. */
export function questionOf({ who, what }: AskedRequest): string {
  const said = what.form === 'kubectl' ? { ...what, line: withoutKubectl(what.line) } : what;

  return JSON.stringify([who.user ?? null, [...who.groups].sort(), Object.entries(said).sort(([left], [right]) => left < right ? -1 : 1)]);
}
