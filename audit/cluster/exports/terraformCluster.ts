/**
 * The attributes of `rancher2_cluster_v2` that the audit log has to do with, with all that stands in them.
 *
 * Source: rancher/terraform-provider-rancher2 rancher2/schema_cluster_v2_rke_config{,_files,_system_config}.go.
 */
import { POLICY_FLAG } from '../apiServerArgs';
import type { FileItem, FileSource, FileSourceObject, LabelSelector, MachineConfig, MachineSelectorConfig, MachineSelectorFiles } from '../rancherCluster';
import type { SourceKind } from '../sources';
import type { ClusterOperation } from './exportedFile';
import { attribute, Call, type Body, type Item } from './hcl';
import { partOfResource, type TerraformExport } from './terraformExport';

/** The resource, with the comments on the provider's traps. */
export function clusterV2Resource({ name, namespace, before, after }: ClusterOperation, shared: TerraformExport): Item[] {
  const { kubernetesVersion, defaultPodSecurityAdmissionConfigurationTemplateName: template } = after.spec ?? {};
  const { machineGlobalConfig, machineSelectorConfig, machineSelectorFiles } = after.spec?.rkeConfig ?? {};
  const { t } = shared;
  const isGone = (key: 'machineSelectorConfig' | 'machineSelectorFiles'): boolean => Boolean(before.spec?.rkeConfig?.[key]?.length) && !after.spec?.rkeConfig?.[key]?.length;

  return partOfResource('rancher2_cluster_v2', name, [
    attribute('name', name), attribute('fleet_namespace', namespace), attribute('kubernetes_version', kubernetesVersion),
    {
      block: 'rke_config',
      body:  [
        ...(template ? [{ comment: [t('export.terraform.psact', { template })] }] : []),
        ...(machineGlobalConfig ? [{ comment: [t('export.terraform.yamlMapping')] }, { attribute: 'machine_global_config', value: yamlOf(machineGlobalConfig, shared) }] : []),
        ...listed(t('export.terraform.selectorConfig'), (machineSelectorConfig ?? []).map((entry) => selectorConfig(entry, shared)), isGone('machineSelectorConfig'), 'machine_selector_config', t),
        ...listed(t('export.terraform.selectorFiles'), (machineSelectorFiles ?? []).flatMap((entry) => selectorFiles(entry, shared)), isGone('machineSelectorFiles'), 'machine_selector_files', t)
      ]
    }
  ], shared);
}

/** Blocks with the comment on them; where the last one goes, what has to be done. */
function listed(comment: string, blocks: readonly Item[], isGone: boolean, name: string, t: TerraformExport['t']): Item[] {
  return [
    ...(blocks.length ? [{ comment: [comment, t('export.terraform.lastBlock', { name })] }] : isGone ? [{ comment: [t('export.terraform.noBlock', { name })] }] : []),
    ...blocks
  ];
}

function yamlOf(config: MachineConfig, { text }: TerraformExport): Call {
  return new Call('yamlencode', Object.fromEntries(Object.entries(config).map(([key, value]) => [key, key === POLICY_FLAG && typeof value === 'string' ? text(value) : value])));
}

function selectorConfig(entry: MachineSelectorConfig | null, shared: TerraformExport): Item {
  return { block: 'machine_selector_config', body: [...labelSelector(entry?.machineLabelSelector), { attribute: 'config', value: yamlOf(entry?.config ?? {}, shared) }] };
}

/** The provider fails on a block with nothing in it, which says nothing anyway. */
function selectorFiles(entry: MachineSelectorFiles | null, shared: TerraformExport): Item[] {
  const sources = (entry?.fileSources ?? []).flatMap((source) => fileSource(source, shared));

  return sources.length ? [{ block: 'machine_selector_files', body: [...labelSelector(entry?.machineLabelSelector), ...sources] }] : [];
}

function labelSelector(selector: LabelSelector | null | undefined): Item[] {
  const { matchLabels, matchExpressions } = selector ?? {};
  const body: Body = [
    attribute('match_labels', matchLabels && Object.keys(matchLabels).length ? matchLabels : undefined),
    ...(matchExpressions ?? []).map(({ key, operator, values }): Item => ({ block: 'match_expressions', body: [attribute('key', key), attribute('operator', operator), attribute('values', values?.length ? values : undefined)] }))
  ];

  return body.some((item) => item) ? [{ block: 'machine_label_selector', body }] : [];
}

function fileSource(source: FileSource | null, shared: TerraformExport): Item[] {
  const body = [sourceObject('secret', 'Secret', source?.secret, shared), sourceObject('configmap', 'ConfigMap', source?.configMap, shared)];

  return body.some((item) => item) ? [{ block: 'file_sources', body }] : [];
}

/** `{name: ''}` is how the API writes a source that is not used. */
function sourceObject(block: string, kind: SourceKind, object: FileSourceObject | null | undefined, shared: TerraformExport): Item | undefined {
  const name = object?.name;

  return name
    ? {
      block,
      body: [
        attribute('name', shared.sourceName(kind, name)),
        attribute('default_permissions', object.defaultPermissions),
        ...(object.items ?? []).filter((item) => item !== null).map((item): Item => ({ block: 'items', body: fileItem(item, shared) }))
      ]
    }
    : undefined;
}

/** Releases of the provider differ in what an absent `dynamic` is. */
function fileItem({ key, path, permissions, dynamic = false, hash }: FileItem, shared: TerraformExport): Body {
  return [attribute('key', key), attribute('path', path), attribute('permissions', permissions), attribute('dynamic', dynamic), attribute('hash', hash && shared.hash(hash))];
}
