/** A change in the forms that other tools take. */
import { fleetFiles } from '../audit/cluster/exports/fleet';
import type { ExportedFile } from '../audit/cluster/exports/exportedFile';
import { terraformFiles } from '../audit/cluster/exports/terraform';
import type { Operation } from '../audit/cluster/change';
import { manifestOf, unifiedDiff } from '../audit/cluster/manifests';
import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { kubectlLines } from './kubectl';
import type { Words } from './words';

/** A form of output is one entry here. */
export const TEXT_EXPORTS: Readonly<Record<string, (operations: readonly Operation[]) => string>> = {
  diff:    (operations) => operations.map(unifiedDiff).join(''),
  yaml:    (operations) => operations.filter(({ after }) => after).map(({ after }) => manifestOf(after)).join('---\n'),
  kubectl: kubectlLines
};

/** What a directory is made of: the cluster as it is, what is to be done, and the wanted policy's text, if there is one. */
export interface Exported {
  readonly cluster: RancherCluster;
  readonly operations: readonly Operation[];
  readonly policy: string | undefined;
}

/** A form that is a directory is one entry here. */
export const DIRECTORY_EXPORTS: Readonly<Record<string, (exported: Exported, t: Words) => ExportedFile[]>> = {
  fleet:     ({ cluster, operations }, t) => fleetFiles(cluster, operations, t),
  terraform: ({ operations, policy }, t) => terraformFiles(operations, policy, t)
};
