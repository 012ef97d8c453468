/** Which objects a cluster's `machineSelectorFiles` name, for whichever machines. Source: rancher pkg/capr/planner (renderFiles). */
import { namespaceOf, type RancherCluster } from './rancherCluster';
import type { SourceRef } from './sources';

/** Whether a file of the cluster comes from the object: without its right to it, or without the object, Rancher stops managing the cluster. */
export function isSourceNamed(cluster: RancherCluster, { kind, namespace, name }: SourceRef): boolean {
  const sources = (cluster.spec?.rkeConfig?.machineSelectorFiles ?? []).flatMap((entry) => entry?.fileSources ?? []);

  return namespace === namespaceOf(cluster) && sources.some((source) => (kind === 'Secret' ? source?.secret : source?.configMap)?.name === name);
}
