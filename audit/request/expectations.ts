/**
 * The expectations of a policy: requests, each with the level at which it has to be logged.
 */
import { LEVELS, type Level, type Policy } from '../policy/types';
import { requestAsked, type AskedRequest } from './asked';
import { compilePolicy, type CompiledPolicy } from './compile';
import { decide } from './decide';

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
}

/** From so many on a policy is made ready first. */
const WORTH_COMPILING = 20;

/** Which of the expectations a policy meets, in their order. */
export function resultsOf(policy: Policy, expectations: readonly Expectation[]): readonly ExpectationResult[] {
  const judge: CompiledPolicy = expectations.length < WORTH_COMPILING ? (request) => decide(policy, request) : compilePolicy(policy);

  return expectations.map((expectation): ExpectationResult => {
    const read = requestAsked(expectation.asked);
    const { level, rule } = 'request' in read ? judge(read.request) : { level: undefined, rule: undefined };

    return { expectation, level, rule, holds: level === expectation.level };
  });
}

/** Whether two questions are the same one. */
export function isSameQuestion(one: AskedRequest, other: AskedRequest): boolean {
  return questionOf(one) === questionOf(other);
}

/** The list with an expectation: in the place of the one about the same request, or as the last. */
export function withExpectation(expectations: readonly Expectation[], added: Expectation): readonly Expectation[] {
  const index = expectations.findIndex(({ asked }) => isSameQuestion(asked, added.asked));

  return index < 0 ? [...expectations, added] : expectations.with(index, added);
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

function questionOf({ who, what }: AskedRequest): string {
  return JSON.stringify([who.user ?? null, [...who.groups].sort(), Object.entries(what).sort(([left], [right]) => left < right ? -1 : 1)]);
}
