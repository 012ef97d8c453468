/**
 * Single requests that are decided differently, put together into lines that a person can read.
 *
 * First what one kind of request has in common is taken together: who asks, names, namespaces, verbs. Then kinds with the same of all that,
 * where a verb that a resource doesn't have keeps it out of no line.
 */
import { OTHER, type RequestKind, type ResourceKind } from './requestKinds';
import type { Place } from './requestPlaces';
import type { NamespaceClass, WhoClass } from './requestScopes';

/** One request of a kind with a verb, by the number of its difference and the indices of who asks and where. */
export interface Cell {
  readonly difference: number;
  readonly who: number;
  readonly namespace: number;
  readonly name: string;
}

/** Requests of a kind with a verb that differ in the same way. */
export interface Part {
  readonly difference: number;
  readonly who: Values<number>;
  readonly namespaces: Values<number>;
  readonly names: Values<string>;
}

/** 'all', or these alone. */
export type Values<Value> = 'all' | readonly Value[];

/** A part, and what it is a part of. */
export interface KindPart extends Part {
  readonly kind: RequestKind;
  readonly verb: string;
}

/** Some of what there is, whichever way is shorter to say. */
export type Extent<Item> = { readonly of: 'all' } | { readonly of: 'only' | 'allBut'; readonly items: readonly Item[] };

/** Resources of one group, such as `pods` and `pods/log`; OTHER stands for those that no policy names. */
export interface GroupPart {
  readonly group: string;
  readonly resources: readonly string[];
  /** Whether these are all that the group has. */
  readonly isWhole: boolean;
}

export type What =
  | { readonly type: 'resource'; readonly groups: readonly GroupPart[]; readonly isEverything: boolean }
  | { readonly type: 'path'; readonly paths: readonly string[]; readonly isEverything: boolean };

export interface Merged {
  readonly difference: number;
  readonly what: What;
  readonly verbs: Extent<string>;
  readonly who: Extent<WhoClass>;
  readonly namespaces: Extent<NamespaceClass>;
  readonly names: Extent<string>;
  /** How many kinds of requests: a verb of a resource, or of a path. */
  readonly count: number;
}

export interface MergeSpace {
  readonly kinds: readonly RequestKind[];
  readonly who: readonly WhoClass[];
  readonly namespaces: readonly NamespaceClass[];
}

/** All requests of a kind with some verbs that have the rest in common. */
interface Block extends Part {
  readonly kind: RequestKind;
  readonly verbs: readonly string[];
}

interface Line {
  readonly verbs: Set<string>;
  /** Verbs that its kinds have and that are none of its. */
  readonly excluded: Set<string>;
  readonly blocks: Block[];
}

/** What the requests of one kind with one verb, for some places and from so many, have in common. */
export function partsOf(cells: readonly Cell[], places: readonly Place[], who: number): Part[] {
  const namesIn = (namespace: number): number => places.filter((place) => place.namespace === namespace).length;
  const byPlace = groupedBy(cells, ({ difference, namespace, name }) => JSON.stringify([difference, namespace, name]))
    .map((same) => ({ ...firstOf(same), who: valuesOf(same.map((cell) => cell.who), who) }));
  const byNamespace = groupedBy(byPlace, ({ difference, namespace, who }) => JSON.stringify([difference, namespace, who]))
    .map((same) => ({ ...firstOf(same), names: valuesOf(same.map(({ name }) => name), namesIn(firstOf(same).namespace)) }));

  return groupedBy(byNamespace, ({ difference, who, names }) => JSON.stringify([difference, who, names]))
    .map((same) => ({ difference: firstOf(same).difference, who: firstOf(same).who, names: firstOf(same).names, namespaces: valuesOf(same.map(({ namespace }) => namespace), new Set(places.map(({ namespace }) => namespace)).size) }));
}

/** The lines of all differences. */
export function mergedDifferences(parts: readonly KindPart[], space: MergeSpace): Merged[] {
  const keyed = parts.map((part) => ({ ...part, key: JSON.stringify([part.difference, part.kind.type, part.who, part.namespaces, part.names]) }));

  return groupedBy(keyed, ({ key }) => key)
    .map((alike) => groupedBy(alike, ({ kind }) => kind).map((ofKind): Block => ({ ...firstOf(ofKind), verbs: ofKind.map(({ verb }) => verb) })))
    .flatMap((blocks) => linesOf(blocks).map((line) => mergedOf(line, space)));
}

/** Blocks of different kinds that have all but the verbs in common: each goes into the first line that its verbs don't contradict. */
function linesOf(blocks: readonly Block[]): Line[] {
  const lines: Line[] = [];

  for (const block of blocks.toSorted((one, other) => other.verbs.length - one.verbs.length)) {
    const without = block.kind.verbs.filter((verb) => !block.verbs.includes(verb));
    const line = lines.find(({ verbs, excluded }) => !without.some((verb) => verbs.has(verb)) && !block.verbs.some((verb) => excluded.has(verb)));

    if (line) {
      block.verbs.forEach((verb) => line.verbs.add(verb));
      without.forEach((verb) => line.excluded.add(verb));
      line.blocks.push(block);
    } else {
      lines.push({ verbs: new Set(block.verbs), excluded: new Set(without), blocks: [block] });
    }
  }

  return lines;
}

function mergedOf({ verbs, excluded, blocks }: Line, space: MergeSpace): Merged {
  const { difference, who, namespaces, names } = firstOf(blocks);

  return {
    difference,
    what:       whatOf(blocks.map(({ kind }) => kind), space.kinds),
    verbs:      excluded.size ? { of: 'only', items: [...verbs] } : { of: 'all' },
    who:        extentOf(who, space.who),
    namespaces: extentOf(namespaces, space.namespaces),
    names:      names === 'all' ? { of: 'all' } : names.includes(OTHER) ? { of: 'allBut', items: missingNames(names, blocks) } : { of: 'only', items: names },
    count:      blocks.reduce((sum, block) => sum + block.verbs.length, 0)
  };
}

/** The names that a rule asks for and that are not among some. */
function missingNames(names: readonly string[], blocks: readonly Block[]): string[] {
  const all = new Set(blocks.flatMap(({ kind }) => kind.type === 'resource' ? kind.names : []));

  return [...all].filter((name) => !names.includes(name));
}

function extentOf<Item>(indices: Values<number>, items: readonly Item[]): Extent<Item> {
  if (indices === 'all') {
    return { of: 'all' };
  }
  const those = new Set(indices);

  // The first one holds all that has no name: to say what it is not is clearer.
  return those.has(0) ? { of: 'allBut', items: items.filter((_, index) => !those.has(index)) } : { of: 'only', items: items.filter((_, index) => those.has(index)) };
}

function whatOf(kinds: readonly RequestKind[], all: readonly RequestKind[]): What {
  const chosen = new Set(kinds);
  const isEverything = all.every((kind) => kind.type !== kinds[0]?.type || chosen.has(kind));

  if (kinds[0]?.type === 'path') {
    return { type: 'path', paths: all.flatMap((kind) => kind.type === 'path' && chosen.has(kind) ? [kind.label] : []), isEverything };
  }
  const ofResources = all.filter((kind): kind is ResourceKind => kind.type === 'resource');

  return {
    type:   'resource',
    isEverything,
    groups: groupedBy(ofResources.filter((kind) => chosen.has(kind)), ({ group }) => group).map((parts) => {
      const { group } = firstOf(parts);

      return { group, resources: parts.map(({ resource, subresource }) => subresource ? `${ resource }/${ subresource }` : resource), isWhole: ofResources.filter((kind) => kind.group === group).length === parts.length };
    })
  };
}

/** The same values in one order, or 'all' of so many. */
function valuesOf<Value extends string | number>(values: readonly Value[], total: number): Values<Value> {
  const each = [...new Set(values)];

  return each.length === total ? 'all' : each.toSorted((one, other) => one < other ? -1 : 1);
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[][] {
  const groups = new Map<unknown, Item[]>();

  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);

    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }

  return [...groups.values()];
}

function firstOf<Item>(items: readonly Item[]): Item {
  return items[0] as Item; // no group is empty
}
