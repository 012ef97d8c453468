/**
 * The attributes of `rancher2_cluster` for RKE1's audit log.
 *
 * Source: rancher/terraform-provider-rancher2 release/v7 rancher2/schema_cluster_rke_config_services_kube_api.go and structure_ of the same:
 * what is 0 or empty is not sent, and what is computed stays.
 */
import { valueAt } from '../../policy/valueAt';
import { isAuditFlag } from '../apiServerArgs';
import type { RancherCluster } from '../rancherCluster';
import { auditLogPath, isFields, kubeApiPath, rke1DisplayName, rke1FormOf, type Fields, type Rke1Form } from '../rke1Forms';
import type { ClusterOperation } from './exportedFile';
import { attribute, type Body, type Item } from './hcl';
import { partOfResource, type TerraformExport } from './terraformExport';

/** The provider's attribute for each flag that a configuration has a field for. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  'audit-log-maxage': 'max_age', 'audit-log-maxbackup': 'max_backup', 'audit-log-maxsize': 'max_size', 'audit-log-path': 'path', 'audit-log-format': 'format'
};

/** The resource, with the comments on the provider's traps. */
export function rke1Resource({ before, after }: ClusterOperation, shared: TerraformExport): Item[] {
  const form = rke1FormOf(after);
  const name = rke1DisplayName(after);
  const { t } = shared;

  return form
    ? partOfResource('rancher2_cluster', name, [
      attribute('name', name),
      { comment: [t('export.terraform.rke1')] },
      nested(['rke_config', 'services', 'kube_api'], [...auditLog(after, form, shared), ...extraArgs(before, after, form, shared)])
    ], shared)
    : [];
}

function nested([block = '', ...rest]: readonly string[], body: Body): Item {
  return { block, body: rest.length ? [nested(rest, body)] : body };
}

function auditLog(cluster: RancherCluster, form: Rke1Form, { policy, t }: TerraformExport): Item[] {
  const path = auditLogPath(form);
  const configuration = valueAt(cluster, [...path, 'configuration']);
  const isOn = isFields(configuration);

  return [
    { comment: [t(isOn ? 'export.terraform.rke1On' : 'export.terraform.rke1Off')] },
    {
      block: 'audit_log',
      body:  [
        attribute('enabled', valueAt(cluster, [...path, 'enabled'])),
        ...(isOn ? [{ block: 'configuration', body: [...fields(configuration, form), { comment: [t('export.terraform.rke1Policy')] }, attribute('policy', policy)] }] : [])
      ]
    }
  ];
}

function fields(configuration: Fields, { names }: Rke1Form): Body {
  return Object.entries(names.ofFlag).map(([flag, field]) => attribute(ATTRIBUTES[flag] ?? field, configuration[field]));
}

/** All of them, where some are ours. */
function extraArgs(before: RancherCluster, after: RancherCluster, form: Rke1Form, { t }: TerraformExport): Item[] {
  const [path, listed] = [form.names.extraArgs, form.names.extraArgsArray].map((key) => [...kubeApiPath(form), key]);
  const hasOurs = (at: readonly (string | number)[] = []): boolean => [before, after].some((cluster) => Object.keys(valueAt(cluster, at) ?? {}).some((name) => isAuditFlag(name.replaceAll('_', '-'))));

  return [
    ...(hasOurs(path) ? [{ comment: [t('export.terraform.rke1ExtraArgs')] }, { attribute: 'extra_args', value: valueAt(after, path ?? []) ?? {} }] : []),
    ...(hasOurs(listed) ? [{ comment: [t('export.terraform.rke1ExtraArgsArray')] }] : [])
  ];
}
