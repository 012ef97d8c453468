/**
 * What Rancher loads on every page: registration only. Words and the tab come when they are needed.
 */
import { importTypes } from '@rancher/auto-import';
import type { IPlugin } from '@shell/core/types';

import metadata from './package.json';

/** `TabLocation.CLUSTER_CREATE_RKE2` of @rancher/shell: the create and edit form of RKE2 and K3s clusters. */
const CLUSTER_FORM = 'cluster-create-rke2';

/** Registers all that the extension adds to the dashboard. */
export default function register(plugin: IPlugin): void {
  importTypes(plugin);
  plugin.metadata = metadata;

  plugin.addL10n('en-us', () => import('../../l10n/en-us.yaml'));
  plugin.addL10n('zh-hans', () => import('../../l10n/zh-hans.yaml'));

  plugin.addTab(CLUSTER_FORM, { resource: ['provisioning.cattle.io.cluster'] }, {
    name:      'audit-log',
    labelKey:  'clusterAudit.tab',
    weight:    -10,
    component: () => import('../../components/cluster/AuditLogTab.vue')
  });
}
