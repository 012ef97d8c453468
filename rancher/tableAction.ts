/**
 * Our actions in the menus of the host's clusters, in the list and on their pages.
 *
 * Source: @rancher/shell plugins/dashboard-store/resource-class.js (_availableActions) and store/action-menu.js (promptModal). An
 * action says nothing of `enabled`: Rancher 2.12 to 2.14 set it to false for RKE1, and a function there throws.
 */
import type { ClusterId } from './clusterStore';

/** A row of the host's: a provisioning cluster, or from Rancher 2.15 on the management cluster that belongs to one. */
interface Row {
  readonly type: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly provCluster?: Row;
  $dispatch(action: string, payload: object): unknown;
}

export interface TableAction {
  readonly labelKey: string;
  readonly icon: string;
  invoke(options: unknown, rows: readonly unknown[]): void;
}

/** An action that opens a dialog of ours for one cluster, which closes itself: the host would without a question. */
export function dialogAction({ labelKey, icon, dialog, props }: { readonly labelKey: string; readonly icon: string; readonly dialog: string; readonly props: object }): TableAction {
  return {
    labelKey,
    icon,
    invoke(_options, rows) {
      const [row] = rows as readonly Row[];

      row?.$dispatch('promptModal', { component: dialog, componentProps: { ...props, cluster: clusterOf(row) }, resources: [row], modalWidth: '1100px', closeOnClickOutside: false });
    }
  };
}

function clusterOf(row: Row): ClusterId {
  const { metadata } = row.type === 'management.cattle.io.cluster' ? row.provCluster ?? row : row;

  return { namespace: metadata.namespace ?? '', name: metadata.name };
}
