/**
 * A change as attributes of Terraform's provider rancher2: the cluster's, the Secret's or the ConfigMap's, and the policy in a file.
 *
 * Source: rancher/terraform-provider-rancher2 rancher2/schema_*.go, structure_*.go; hashicorp/terraform docs/destroying.md.
 */
import type { Words } from '../../policy/words';
import type { Operation } from '../change';
import { rke1FormOf } from '../rke1Forms';
import { partsOf, type ExportedFile } from './exportedFile';
import { hclText } from './hcl';
import { clusterV2Resource } from './terraformCluster';
import { POLICY_FILE, terraformExport } from './terraformExport';
import { rke1Resource } from './terraformRke1';
import { sourceItems } from './terraformSource';

/** The files of the directory; `policy` is the text that is wanted, if one is. None where nothing is to be done. */
export function terraformFiles(operations: readonly Operation[], policy: string | undefined, t: Words): ExportedFile[] {
  const { cluster, sources, left } = partsOf(operations);
  const shared = terraformExport(sources, policy, t);
  const ofSources = [...sources.flatMap((source) => sourceItems(source, shared)), ...left.map(({ kind, name }) => ({ comment: [t('export.terraform.left', { kind, name })] }))];
  const files = [
    ...(cluster ? [{ path: 'cluster.tf', content: hclText((rke1FormOf(cluster.after) ? rke1Resource : clusterV2Resource)(cluster, shared)) }] : []),
    ...(ofSources.length ? [{ path: 'sources.tf', content: hclText(ofSources) }] : [])
  ];

  return policy !== undefined && files.some(({ content }) => content.includes(`/${ POLICY_FILE }")`)) ? [...files, { path: POLICY_FILE, content: policy }] : files;
}
