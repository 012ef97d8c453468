/**
 * The links of a chart repository that the cluster form follows: its index, and a chart's default values.
 *
 * The demo has no charts to install; the form only needs the values of the network add-ons.
 * Source: rancher pkg/api/steve/catalog
 */
import type { JsonObject } from './json';
import { SteveError } from './steve/errors';

/** The links that Rancher adds to a ClusterRepo. */
export const CLUSTER_REPO_LINKS = ['index', 'info', 'icon'] as const;

const VALUES: Readonly<Record<string, JsonObject>> = {
  'rke2-calico': { installation: { calicoNetwork: { bgp: 'Disabled', ipPools: [{ blockSize: 24, cidr: '10.42.0.0/16', encapsulation: 'VXLAN', natOutgoing: 'Enabled' }] } } },
  'rke2-canal': { calico: { vethuMTU: 1450 }, flannel: { backend: 'vxlan', iface: '' } },
  'rke2-cilium': { hubble: { enabled: false }, ipv6: { enabled: false } }
};

/** What a link of a ClusterRepo answers. */
export function clusterRepoLink(link: string, query: URLSearchParams): JsonObject {
  if (link === 'index') {
    return { apiVersion: 'v1', entries: {}, generated: '2025-12-01T00:00:00Z' };
  }
  if (link === 'info') {
    const name = query.get('chartName') ?? '';

    return { chart: { apiVersion: 'v2', name, version: query.get('version') ?? '' }, questions: null, readme: '', values: VALUES[name] ?? {} };
  }

  throw new SteveError(404, 'NotFound', `no link ${ link }`);
}
