/**
 * Which requests two policies decide differently.
 *
 * Every kind of request is put to both of them, from everyone and in every namespace that either tells apart. The time that takes is bounded:
 * of what long policies name, the first are asked for, and the comparison says how many are left out.
 */
import { minorVersion } from '../policy/kubernetesVersion';
import { LEVELS, STAGES, type Level, type Policy } from '../policy/types';
import { askedPolicy, askedValues } from './askedRules';
import type { RequestAttributes } from './attributes';
import { compilePolicy } from './compile';
import { decisionOf, type Decision } from './decide';
import { kindClasses } from './kindClasses';
import { mergedDifferences, partsOf, resourceKeyOf, type Cell, type Extent, type KindPart, type Part, type What } from './mergeDifferences';
import { requestKinds, withFewerNames, type RequestKind } from './requestKinds';
import { placesOf } from './requestPlaces';
import { namespaceClasses, whoClasses, type Classes, type NamespaceClass, type Who, type WhoClass } from './requestScopes';

/** What a policy does with a request. */
export interface Outcome {
  readonly level: Level;
  /** Index into its rules; undefined where none matches. */
  readonly rule: number | undefined;
  /** In Kubernetes' order; none where nothing is logged. */
  readonly omitStages: readonly string[];
  /** Whether it matters and holds: only where there are bodies. */
  readonly omitManagedFields: boolean;
}

/** `less` and `more` are about the level; with the same level it is the stages, or the managed fields alone. */
export type DifferenceKind = 'less' | 'more' | 'stages' | 'managedFields';
export const DIFFERENCE_KINDS: readonly DifferenceKind[] = ['less', 'more', 'stages', 'managedFields'];

/** Requests that one rule of each policy decides, in one line. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly before: Outcome;
  readonly after: Outcome;
  readonly what: What;
  readonly verbs: Extent<string>;
  readonly who: Extent<WhoClass>;
  readonly namespaces: Extent<NamespaceClass>;
  /** Names of objects; OTHER for those that neither policy names. */
  readonly names: Extent<string>;
  /** How many kinds of requests: a verb of a resource, or of a path. */
  readonly count: number;
}

export interface Coverage {
  /** Kinds of requests that were asked for. */
  readonly count: number;
  readonly resources: number;
  readonly paths: number;
  /** Those who ask, whether they are decided alike or not. */
  readonly who: readonly Who[];
  readonly namespaces: readonly (string | undefined)[];
  /** Values that the policies name, alone or together, and nobody asked for: there may be more. */
  readonly leftOut: number;
}

export interface Comparison {
  /** Those that log less first, and of these the ones about the most kinds of requests. */
  readonly differences: readonly Difference[];
  /** Kinds of requests with a difference, of `coverage.count`. */
  readonly count: number;
  readonly countByKind: Readonly<Record<DifferenceKind, number>>;
  readonly coverage: Coverage;
}

/** Rules of both policies that a request may have to pass before a comparison takes longer. */
const FEW_RULES = 1_000;
/** Requests that are put to policies of few rules at most, fewer to longer ones, and what may be told apart so that there are no more: the first that fits. */
const MAX_REQUESTS = 80_000;
const LIMITS = [
  { custom: 600, who: 40, namespaces: 8, names: 30 }, { custom: 600, who: 24, namespaces: 5, names: 12 }, { custom: 400, who: 16, namespaces: 4, names: 4 }, { custom: 200, who: 12, namespaces: 3, names: 1 }
];

/** Compares what two policies decide, for a version of Kubernetes such as `v1.34.2+rke2r1`. */
export function comparePolicies(before: Policy, after: Policy, kubernetesVersion?: string): Comparison {
  const space = spaceOf([before, after], minorVersion(kubernetesVersion));
  const asked = askedValues(space.kinds, space.who, space.namespaces);
  const [ruleBefore, ruleAfter] = [deciderOf(before), deciderOf(after)];
  const [outcomesBefore, outcomesAfter] = [outcomesOf(before), outcomesOf(after)];
  const pairs: Pair[] = [];
  const pairByRules = new Map<string, number>();

  /** Gives the index of the rule that decides a request. */
  function deciderOf(policy: Policy): (request: RequestAttributes) => number | undefined {
    const { rules, ...narrowed } = askedPolicy(policy, asked);
    const decide = compilePolicy(narrowed.policy);

    return (request) => rules[decide(request).rule ?? -1];
  }

  /** The number of a pair of outcomes; undefined where they are the same. */
  function differenceOf(request: RequestAttributes): number | undefined {
    const [left, right] = [ruleBefore(request), ruleAfter(request)];
    const [from, to] = [outcomesBefore(left), outcomesAfter(right)];

    if (from.key === to.key) {
      return undefined;
    }
    const key = `${ left } ${ right }`;
    const known = pairByRules.get(key);

    if (known !== undefined) {
      return known;
    }
    pairByRules.set(key, pairs.length);

    return pairs.push({ before: from.outcome, after: to.outcome, kind: kindOf(from.outcome, to.outcome) }) - 1;
  }

  const partsByClass = new Map<string, readonly Part[]>();

  /** What the requests of a kind with a verb differ in; the same for all kinds of a class. */
  function partsFor(kind: RequestKind, verb: string): readonly Part[] {
    const places = placesOf(kind, verb, space.namespaces);
    const cells = places.flatMap((place) => space.who.flatMap(({ user, groups }, who): Cell[] => {
      const difference = differenceOf({ ...place.request, user, groups });

      return difference === undefined ? [] : [{ difference, who, place }];
    }));

    return partsOf(cells, places, space.who.length);
  }

  const parts = space.kinds.flatMap((kind, index) => kind.verbs.flatMap((verb): KindPart[] => {
    const key = `${ space.classes[index] } ${ verb }`;
    const ofClass = partsByClass.get(key) ?? partsFor(kind, verb);

    partsByClass.set(key, ofClass);

    return ofClass.map((part) => ({ ...part, kind, verb }));
  }));
  const indices = new Map(space.kinds.map((kind, index) => [kind, index]));
  const countOf = (wanted?: DifferenceKind): number => new Set(parts.filter(({ difference }) => !wanted || pairs[difference]?.kind === wanted).map(({ kind, verb }) => `${ indices.get(kind) } ${ verb }`)).size;

  return {
    differences: mergedDifferences(parts, space)
      .map(({ difference, ...merged }): Difference => ({ ...pairs[difference] as Pair, ...merged }))
      .toSorted((one, other) => DIFFERENCE_KINDS.indexOf(one.kind) - DIFFERENCE_KINDS.indexOf(other.kind) || other.count - one.count),
    count:       countOf(),
    countByKind: { less: countOf('less'), more: countOf('more'), stages: countOf('stages'), managedFields: countOf('managedFields') },
    coverage:    coverageOf(space)
  };
}

interface Pair {
  readonly kind: DifferenceKind;
  readonly before: Outcome;
  readonly after: Outcome;
}

interface Space {
  readonly kinds: readonly RequestKind[];
  /** For each kind the number of its class. */
  readonly classes: readonly number[];
  /** How many can decide any of the requests. */
  readonly rules: number;
  readonly who: readonly WhoClass[];
  readonly namespaces: readonly NamespaceClass[];
  readonly leftOut: number;
}

function spaceOf(policies: readonly Policy[], minor: number): Space {
  const [who, namespaces] = [whoClasses(policies), namespaceClasses(policies)];
  let space: Space | undefined;

  for (const limit of LIMITS) {
    if (!space || sizeOf(space) * Math.max(1, space.rules / FEW_RULES) > MAX_REQUESTS) {
      const { kinds, leftOut } = withFewerNames(requestKinds(policies, minor, limit.custom), limit.names);
      const [someWho, someNamespaces] = [who.classes.slice(0, limit.who), namespaces.classes.slice(0, limit.namespaces)];
      const asked = askedValues(kinds, someWho, someNamespaces);
      const narrowed = policies.map((policy) => askedPolicy(policy, asked).policy);

      space = {
        kinds,
        classes:    kindClasses(kinds, narrowed),
        rules:      narrowed.reduce((sum, { rules }) => sum + rules.length, 0),
        who:        someWho,
        namespaces: someNamespaces,
        leftOut:    leftOut + leftOutOf(who, limit.who) + leftOutOf(namespaces, limit.namespaces)
      };
    }
  }

  return space as Space;
}

function leftOutOf({ classes, leftOut }: Classes<{ readonly members: readonly unknown[] }>, limit: number): number {
  return classes.slice(limit).reduce((sum, { members }) => sum + members.length, leftOut);
}

function sizeOf({ kinds, classes, who, namespaces }: Space): number {
  const representatives = new Map(kinds.map((kind, index) => [classes[index], kind])).values();

  return who.length * [...representatives].reduce((sum, kind) => sum + kind.verbs.length * (kind.type === 'resource' ? (kind.isNamespaced ? namespaces.length : 1) * (kind.names.length + 1) : 1), 0);
}

/** The outcome of each rule, and a text that is the same for the same outcome. */
function outcomesOf(policy: Policy): (rule: number | undefined) => { readonly outcome: Outcome; readonly key: string } {
  const outcomes = [undefined, ...policy.rules.keys()].map((rule) => {
    const outcome = outcomeOf(decisionOf(policy, rule));

    return { outcome, key: JSON.stringify([outcome.level, outcome.omitStages, outcome.omitManagedFields]) };
  });

  return (rule) => outcomes[rule === undefined ? 0 : rule + 1] as { readonly outcome: Outcome; readonly key: string };
}

function outcomeOf({ level, rule, omitStages, omitManagedFields }: Decision): Outcome {
  const hasBodies = level === 'Request' || level === 'RequestResponse';

  return { level, rule, omitStages: level === 'None' ? [] : STAGES.filter((stage) => omitStages.includes(stage)), omitManagedFields: hasBodies && omitManagedFields };
}

function kindOf(before: Outcome, after: Outcome): DifferenceKind {
  const rise = LEVELS.indexOf(after.level) - LEVELS.indexOf(before.level);

  return rise < 0 ? 'less' : rise > 0 ? 'more' : before.omitStages.join() !== after.omitStages.join() ? 'stages' : 'managedFields';
}

function coverageOf({ kinds, who, namespaces, leftOut }: Space): Coverage {
  return {
    leftOut,
    count:      kinds.reduce((sum, { verbs }) => sum + verbs.length, 0),
    resources:  new Set(kinds.flatMap((kind) => kind.type === 'resource' ? [resourceKeyOf(kind)] : [])).size,
    paths:      kinds.filter(({ type }) => type === 'path').length,
    who:        who.flatMap(({ members }) => members),
    namespaces: namespaces.flatMap(({ members }) => members)
  };
}
