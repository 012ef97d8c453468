/**
 * The names that a rule can be about: Kubernetes' own, and those that a cluster serves besides.
 *
 * They are there to be picked. What is not among them may be right all the same.
 */
import { SYSTEM_NAMESPACES } from '../policy/builtins';
import { minorVersion } from '../policy/kubernetesVersion';
import { RESOURCES, resourceNamed } from './catalogue';

export interface KnownResource {
  /** '' is the core group. */
  readonly group: string;
  /** The plural name. */
  readonly resource: string;
  readonly kind: string;
  /** What else people call it. */
  readonly otherNames: readonly string[];
  readonly isNamespaced: boolean;
  readonly verbs: readonly string[];
  /** Verbs by subresource. */
  readonly subresources: ReadonlyMap<string, readonly string[]>;
  /** Whether Kubernetes itself serves it; else someone has added it to the cluster. */
  readonly isBuiltIn: boolean;
}

export interface KnownNames {
  readonly resources: readonly KnownResource[];
  readonly namespaces: readonly string[];
}

/** What was found in a cluster. */
export interface NamesOfCluster {
  readonly resources: readonly Omit<KnownResource, 'isBuiltIn'>[];
  readonly namespaces: readonly string[];
}

/** The names of a Kubernetes version, or of the newest that we know, and those of a cluster where they are known. */
export function knownNames(kubernetesVersion: string | undefined, cluster: NamesOfCluster = { resources: [], namespaces: [] }): KnownNames {
  const minor = minorVersion(kubernetesVersion);
  const own = RESOURCES.filter(({ since, until }) => minor >= since && minor <= until).map(({ group, resource, kind, singular, shortNames, isNamespaced, verbs, subresources }): KnownResource => (
    { group, resource, kind, otherNames: [...new Set([singular, ...shortNames])], isNamespaced, verbs, subresources, isBuiltIn: true }
  ));
  const added = cluster.resources.filter(({ group, resource }) => !resourceNamed(group, resource)).map((entry): KnownResource => ({ ...entry, isBuiltIn: false }));

  return { resources: [...own, ...added], namespaces: [...new Set([...SYSTEM_NAMESPACES, ...cluster.namespaces])] };
}
