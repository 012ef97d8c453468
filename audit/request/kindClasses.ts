/**
 * Which kinds of requests policies can't tell apart but by the verb.
 */
import type { Policy } from '../policy/types';
import { coveringOf, isOfNamespaces } from './objectNames';
import type { RequestKind } from './requestKinds';

/** For each kind a number that it shares with those that every rule takes alike, and that are for the same places. */
export function kindClasses(kinds: readonly RequestKind[], policies: readonly Policy[]): readonly number[] {
  const [namesText, coveringText, classNumber, listNumber] = [numbering<string>(), numbering<string>(), numbering<string>(), numbering<unknown>()];
  const all = namesText('');
  const entries = policies.flatMap(({ rules }) => rules).flatMap(({ resources = [] }, rule) => resources.map((entry) => ({ ...entry, rule })));
  const wanted = entries.map(({ rule, resources, resourceNames }) => ({ rule, names: resources?.length && resourceNames?.length ? namesText(JSON.stringify(resourceNames.toSorted())) : all }));
  const covering = coveringOf(entries);
  const known = new Map<readonly number[], number>();

  /** A number for the rules that are for a kind, each with the names that it asks for. */
  function numberOf(indices: readonly number[]): number {
    const namesByRule = new Map<number, Set<number>>();

    for (const { rule, names } of indices.flatMap((index) => wanted[index] ?? [])) {
      namesByRule.set(rule, (namesByRule.get(rule) ?? new Set<number>()).add(names));
    }

    return coveringText([...namesByRule].map(([rule, names]) => `${ rule }:${ names.has(all) ? '*' : [...names].toSorted().join('+') }`).join());
  }

  return kinds.map((kind, index) => {
    if (kind.type === 'path') {
      return classNumber(`path ${ index }`);
    }
    const indices = covering(kind);

    known.set(indices, known.get(indices) ?? numberOf(indices));

    return classNumber([kind.isNamespaced, isOfNamespaces(kind), kind.subresource === '', listNumber(kind.names), known.get(indices)].join(' '));
  });
}

/** Gives each value a number, the same for the same one. */
function numbering<Value>(): (value: Value) => number {
  const numbers = new Map<Value, number>();

  return (value) => {
    const number = numbers.get(value) ?? numbers.size;

    numbers.set(value, number);

    return number;
  };
}
