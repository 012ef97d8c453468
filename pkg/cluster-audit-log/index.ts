/**
 * What Rancher loads on every page: registration only. Words and the tab come when they are needed.
 */
import { importTypes } from '@rancher/auto-import';
import type { IPlugin } from '@shell/core/types';

import { LAYOUT, PAGES } from '../../rancher/pages';
import { dialogAction } from '../../rancher/tableAction';
import metadata from './package.json';

/** `TabLocation.CLUSTER_CREATE_RKE2` of @rancher/shell: the create and edit form of RKE2 and K3s clusters. */
const CLUSTER_FORM = 'cluster-create-rke2';

/** `ActionLocation.TABLE`: the menus of list rows and of pages. */
const TABLE = 'table-action';
const CLUSTERS = { resource: ['provisioning.cattle.io.cluster'] };

/** The file in `dialog/`. */
const DIALOG = 'ClusterAuditLogDialog';

/** Registers all that the extension adds to the dashboard. */
export default function register(plugin: IPlugin): void {
  importTypes(plugin);
  plugin.metadata = metadata;

  plugin.addL10n('en-us', () => import('../../l10n/en-us.yaml'));
  plugin.addL10n('zh-hans', () => import('../../l10n/zh-hans.yaml'));

  plugin.addTab(CLUSTER_FORM, CLUSTERS, {
    name:      'audit-log',
    labelKey:  'clusterAudit.tab',
    weight:    -10,
    component: () => import('../../components/cluster/AuditLogTab.vue')
  });

  plugin.addRoute(LAYOUT, { ...PAGES.lessons, component: () => import('../../components/lessons/LessonsPage.vue') });
  plugin.addRoute(LAYOUT, { ...PAGES.policy, component: () => import('../../components/drafts/SharedPolicyPage.vue') });

  for (const [goal, icon] of [['enable', 'icon-file'], ['disable', 'icon-close'], ['revert', 'icon-history']] as const) {
    plugin.addAction(TABLE, CLUSTERS, dialogAction({ labelKey: `clusterAudit.action.${ goal }`, icon: `icon ${ icon }`, dialog: DIALOG, props: { goal } }));
  }
}
