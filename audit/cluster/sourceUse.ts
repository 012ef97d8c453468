/** Which objects a cluster's `machineSelectorFiles` name, for whichever machines. Source: rancher pkg/capr/planner (renderFiles). */
import type { Operation } from './change';
import { namespaceOf, type RancherCluster } from './rancherCluster';
import { isAuthorized, type SourceRef } from './sources';

/** Whether a file of the cluster comes from the object: without its right to it, or without the object, Rancher stops managing the cluster. */
export function isSourceNamed(cluster: RancherCluster, { kind, namespace, name }: SourceRef): boolean {
  const sources = (cluster.spec?.rkeConfig?.machineSelectorFiles ?? []).flatMap((entry) => entry?.fileSources ?? []);

  return namespace === namespaceOf(cluster) && sources.some((source) => (kind === 'Secret' ? source?.secret : source?.configMap)?.name === name);
}

/** Whether an operation takes away what a cluster uses until it is changed: it has to come after the cluster's. */
export function takesAway({ kind, action, after }: Operation, cluster: string): boolean {
  return kind !== 'Cluster' && action !== 'create' && (after === null || !isAuthorized(after, cluster));
}
