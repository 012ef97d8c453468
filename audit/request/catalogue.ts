/**
 * The resources that Kubernetes itself serves, with their scopes, verbs and subresources.
 *
 * The data is made from Kubernetes' own discovery documents (`npm run catalogue`). A cluster may serve more: what is not in here
 * is unknown, never wrong.
 */
import entries from './catalogue.json';

export interface CatalogueResource {
  /** '' is the core group. */
  readonly group: string;
  /** The plural name, which is the one that rules use. */
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
  /** Verbs by subresource. */
  readonly subresources: ReadonlyMap<string, readonly string[]>;
  /** Minor versions of Kubernetes that serve it, the last one included. */
  readonly since: number;
  readonly until: number;
}

interface Entry {
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly clusterScoped?: boolean;
  readonly verbs?: string;
  readonly subresources?: Readonly<Record<string, string>>;
  readonly since?: number;
  readonly until?: number;
}

const USUAL_VERBS = 'create delete deletecollection get list patch update watch';

/** Sorted by group and resource. */
export const RESOURCES: readonly CatalogueResource[] = (entries as readonly Entry[]).map((entry) => ({
  group:        entry.group,
  resource:     entry.resource,
  kind:         entry.kind,
  singular:     entry.singular,
  shortNames:   entry.shortNames ?? [],
  isNamespaced: !entry.clusterScoped,
  verbs:        (entry.verbs ?? USUAL_VERBS).split(' '),
  subresources: new Map(Object.entries(entry.subresources ?? {}).map(([name, verbs]) => [name, verbs.split(' ')])),
  since:        entry.since ?? 0,
  until:        entry.until ?? Infinity
}));

const BY_NAME = new Map(RESOURCES.map((entry) => [`${ entry.group }/${ entry.resource }`, entry]));
const BY_ANY_NAME = new Map<string, CatalogueResource[]>();

for (const entry of RESOURCES) {
  for (const name of new Set([entry.resource, entry.singular, ...entry.shortNames, entry.kind.toLowerCase()])) {
    BY_ANY_NAME.set(name, [...BY_ANY_NAME.get(name) ?? [], entry]);
  }
}

/** All groups of the catalogue, the core group '' first. */
export const API_GROUPS: readonly string[] = [...new Set(RESOURCES.map(({ group }) => group))];

/** The resource of a group by its plural name; undefined for one that the catalogue does not have. */
export function resourceNamed(group: string, resource: string): CatalogueResource | undefined {
  return BY_NAME.get(`${ group }/${ resource }`);
}

/** Resources that people call by a name: plural, singular, short name or kind, in any case. */
export function resourcesCalled(name: string): readonly CatalogueResource[] {
  return BY_ANY_NAME.get(name.toLowerCase()) ?? [];
}

/** Whether the catalogue has a group: only then can it say that a resource is not in it. */
export function isKnownGroup(group: string): boolean {
  return API_GROUPS.includes(group);
}
