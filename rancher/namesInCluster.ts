/**
 * What a cluster serves and what it is divided into: its resources, those of custom resource definitions among them, and its namespaces.
 *
 * Rancher passes the requests on to the cluster in the user's name. Where the cluster is down or new, or the user has no right, what it
 * would say is missing, and no one is told. Source: k8s.io/api/apidiscovery/v2 (GA in 1.30, and in the same shape v2beta1 from 1.27 on, both
 * open to all who have signed in); rancher pkg/k8sproxy; @rancher/shell plugins/steve/actions.js (a 401 would end the session).
 */
import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { isObjectName } from '../audit/cluster/sources';
import type { NamesOfCluster } from '../audit/request/knownNames';
import type { RancherApi } from './store';

const ACCEPT = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${ version };as=APIGroupDiscoveryList`).concat('application/json').join(',');
/** Neither of a resource nor of a namespace is any name longer. */
const MAX_LENGTH = 253;
/** More than any cluster serves; what comes after is left out. */
const MAX_NAMES = 10_000;
/** Of one resource: other names, verbs, subresources. */
const MAX_OF_ONE = 100;

type Resource = NamesOfCluster['resources'][number];

interface DiscoveryList {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: unknown };
    readonly versions?: readonly { readonly resources?: readonly DiscoveredResource[] }[];
  }[];
}

interface DiscoveredResource {
  readonly resource?: unknown;
  readonly responseKind?: { readonly kind?: unknown };
  readonly scope?: unknown;
  readonly singularResource?: unknown;
  readonly shortNames?: unknown;
  readonly verbs?: unknown;
  readonly subresources?: readonly { readonly subresource?: unknown; readonly verbs?: unknown }[];
}

/** The names in a cluster that Rancher reaches; undefined for one that it does not have yet. Never rejects. */
export async function namesInCluster(api: Pick<RancherApi, 'request'>, cluster: RancherCluster | undefined): Promise<NamesOfCluster | undefined> {
  const id = idOf(cluster);

  if (!id) {
    return undefined;
  }
  const at = `/k8s/clusters/${ encodeURIComponent(id) }`;
  const [discovery, namespaces] = await Promise.all([
    askedQuietly(() => api.request({ url: `${ at }/apis`, headers: { Accept: ACCEPT }, redirectUnauthorized: false })),
    askedQuietly(() => api.request({ url: `${ at }/v1/namespaces?exclude=metadata.managedFields&exclude=metadata.annotations&exclude=metadata.relationships`, redirectUnauthorized: false }))
  ]);

  return { resources: resourcesIn(discovery), namespaces: namespacesIn(namespaces) };
}

/** Rancher's own name of a cluster. */
function idOf(cluster: RancherCluster | undefined): string | undefined {
  const { clusterName } = (cluster?.status ?? {}) as { readonly clusterName?: unknown };
  // RKE1's configuration is in the management cluster itself, which has no namespace.
  const id = clusterName ?? (cluster?.metadata?.namespace === undefined ? cluster?.metadata?.name : undefined);

  return typeof id === 'string' && isObjectName(id) ? id : undefined;
}

async function askedQuietly(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

/** The resources of a discovery document, each once: versions stand with the preferred one first. */
function resourcesIn(body: unknown): readonly Resource[] {
  const found = new Map<string, Resource>();

  for (const { metadata, versions } of listIn((body as DiscoveryList | undefined)?.items)) {
    const group = isName(metadata?.name) ? metadata.name : undefined;

    for (const entry of listIn(versions).flatMap(({ resources }) => listIn(resources))) {
      const resource = group === undefined ? undefined : resourceOf(group, entry);
      const key = `${ group }/${ resource?.resource }`;

      if (resource && !found.has(key) && found.size < MAX_NAMES) {
        found.set(key, resource);
      }
    }
  }

  return [...found.values()];
}

function resourceOf(group: string, { resource, responseKind, scope, singularResource, shortNames, verbs, subresources }: DiscoveredResource): Resource | undefined {
  return isName(resource) && resource ? {
    group,
    resource,
    kind:         isName(responseKind?.kind) ? responseKind.kind : resource,
    otherNames:   [singularResource, ...listIn(shortNames as readonly unknown[], MAX_OF_ONE)].filter(isName),
    isNamespaced: scope === 'Namespaced',
    verbs:        listIn(verbs as readonly unknown[], MAX_OF_ONE).filter(isName),
    subresources: new Map(listIn(subresources, MAX_OF_ONE).flatMap(({ subresource, verbs: own }) => isName(subresource) ? [[subresource, listIn(own as readonly unknown[], MAX_OF_ONE).filter(isName)] as const] : []))
  } : undefined;
}

function namespacesIn(body: unknown): readonly string[] {
  return listIn((body as { readonly data?: readonly { readonly id?: unknown }[] } | undefined)?.data).map(({ id }) => id).filter(isName).sort();
}

/** What should be a list, of objects or of texts; empty where it is none, and cut where it is longer than anybody's. */
function listIn<Item>(list: readonly Item[] | undefined, most = MAX_NAMES): readonly Item[] {
  return Array.isArray(list) ? list.slice(0, most).filter((item) => item !== null && item !== undefined) as readonly Item[] : [];
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= MAX_LENGTH;
}
