/**
 * Single requests that are decided differently, put together into lines that a person can read.
 *
 * First what one kind of request has in common is taken together: who asks, names, namespaces, verbs. Then kinds with the same of all that,
 * where a verb that a resource doesn't have keeps it out of no line.
 */
import { OTHER, type RequestKind, type ResourceKind } from './requestKinds';
import type { Place } from './requestPlaces';
import type { NamespaceClass, WhoClass } from './requestScopes';

/** One request of a kind with a verb, by the number of its difference, the index of who asks, and where. */
export interface Cell {
  readonly difference: number;
  readonly who: number;
  readonly place: Place;
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

export type Scope = 'namespaced' | 'cluster';

/** Resources of one group, such as `pods` and `pods/log`; OTHER stands for those that no policy names. */
export interface GroupPart {
  readonly group: string;
  readonly resources: readonly string[];
  /** Whether these are all that the group has, of this scope. */
  readonly isWhole: boolean;
  /** For resources that were asked for in both scopes, the one that this is about; undefined for both, and where there is one alone. */
  readonly scope: Scope | undefined;
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
  const namesIn = (namespace: number): number => places.reduce((sum, place) => place.namespace === namespace ? sum + place.names.length : sum, 0);
  const byPlace = groupedBy(cells, ({ place }) => place).flatMap((there) => groupedBy(there, ({ difference }) => difference))
    .map((same) => ({ ...firstOf(same), who: valuesOf(same.map((cell) => cell.who), who) }));
  const byNamespace = groupedBy(byPlace, ({ difference, place, who }) => JSON.stringify([difference, place.namespace, who]))
    .map((same) => ({ ...firstOf(same), names: valuesOf(same.flatMap(({ place }) => place.names), namesIn(firstOf(same).place.namespace)) }));

  return groupedBy(byNamespace, ({ difference, who, names }) => JSON.stringify([difference, who, names]))
    .map((same) => ({ difference: firstOf(same).difference, who: firstOf(same).who, names: firstOf(same).names, namespaces: valuesOf(same.map(({ place }) => place.namespace), new Set(places.map(({ namespace }) => namespace)).size) }));
}

/** The lines of all differences. */
export function mergedDifferences(parts: readonly KindPart[], space: MergeSpace): Merged[] {
  const ofBothScopes = groupedBy(space.kinds.filter((kind): kind is ResourceKind => kind.type === 'resource'), resourceKeyOf).filter(({ length }) => length > 1);
  // Parts of a class share their names, which may be many.
  const namesKeys = new Map<Values<string>, string>();
  const keyed = parts.map((part) => {
    const namesKey = namesKeys.get(part.names) ?? JSON.stringify(namesExtentOf(part));

    namesKeys.set(part.names, namesKey);

    return { ...part, key: JSON.stringify([part.difference, part.kind.type, part.who, part.namespaces, namesKey]) };
  });

  return groupedBy(keyed, ({ key }) => key)
    .map((alike) => groupedBy(alike, ({ kind }) => kind).map((ofKind): Block => ({ ...firstOf(ofKind), verbs: ofKind.map(({ verb }) => verb) })))
    .flatMap((blocks) => linesOf(blocks).map((line) => mergedOf(line, space, ofBothScopes)));
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

function mergedOf({ verbs, excluded, blocks }: Line, space: MergeSpace, ofBothScopes: readonly (readonly ResourceKind[])[]): Merged {
  const { difference, who, namespaces } = firstOf(blocks);

  return {
    difference,
    what:       whatOf(blocks.map(({ kind }) => kind), space.kinds, ofBothScopes),
    verbs:      excluded.size ? { of: 'only', items: [...verbs] } : { of: 'all' },
    who:        extentOf(who, space.who),
    namespaces: extentOf(namespaces, space.namespaces),
    names:      namesExtentOf(firstOf(blocks)),
    count:      blocks.reduce((sum, block) => sum + block.verbs.length, 0)
  };
}

/** Names of objects: one that no rule asks for of the kind, OTHER, stands for all that are not told apart. */
function namesExtentOf({ kind, names }: Part & { readonly kind: RequestKind }): Extent<string> {
  if (names === 'all') {
    return { of: 'all' };
  }
  const those = new Set(names);

  return those.has(OTHER) ? { of: 'allBut', items: kind.type === 'resource' ? kind.names.flat().filter((name) => !those.has(name)).toSorted() : [] } : { of: 'only', items: names };
}

function extentOf<Item>(indices: Values<number>, items: readonly Item[]): Extent<Item> {
  if (indices === 'all') {
    return { of: 'all' };
  }
  const those = new Set(indices);

  // The first one holds all that has no name: to say what it is not is clearer.
  return those.has(0) ? { of: 'allBut', items: items.filter((_, index) => !those.has(index)) } : { of: 'only', items: items.filter((_, index) => those.has(index)) };
}

function whatOf(kinds: readonly RequestKind[], all: readonly RequestKind[], ofBothScopes: readonly (readonly ResourceKind[])[]): What {
  const chosen = new Set(kinds);
  const isEverything = all.every((kind) => kind.type !== kinds[0]?.type || chosen.has(kind));

  if (kinds[0]?.type === 'path') {
    return { type: 'path', paths: all.flatMap((kind) => kind.type === 'path' && chosen.has(kind) ? [kind.label] : []), isEverything };
  }
  const inOneScope = new Set(ofBothScopes.filter((scopes) => !scopes.every((kind) => chosen.has(kind))).flat());

  return { type: 'resource', isEverything, groups: groupPartsOf(chosen, all.filter((kind): kind is ResourceKind => kind.type === 'resource'), inOneScope) };
}

/** Resources by group, each once whatever its scopes, and apart where one of two scopes is meant. */
function groupPartsOf(chosen: ReadonlySet<RequestKind>, all: readonly ResourceKind[], inOneScope: ReadonlySet<ResourceKind>): GroupPart[] {
  const scopeOf = (kind: ResourceKind): Scope | undefined => inOneScope.has(kind) ? kind.isNamespaced ? 'namespaced' : 'cluster' : undefined;

  return groupedBy(all.filter((kind) => chosen.has(kind)), (kind) => JSON.stringify([kind.group, scopeOf(kind)])).map((parts) => {
    const [{ group }, scope] = [firstOf(parts), scopeOf(firstOf(parts))];
    const isOfPart = (kind: ResourceKind): boolean => kind.group === group && (scope === undefined || kind.isNamespaced === (scope === 'namespaced'));

    return { group, scope, resources: [...new Set(parts.map(({ resource, subresource }) => subresource ? `${ resource }/${ subresource }` : resource))], isWhole: all.filter(isOfPart).length === parts.length };
  });
}

/** The same for a resource in both of its scopes. */
export function resourceKeyOf({ group, resource, subresource }: ResourceKind): string {
  return JSON.stringify([group, resource, subresource]);
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
