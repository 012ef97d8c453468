/**
 * What the configuration of control-plane machines says for a key, and where it comes from.
 *
 * Source: rancher pkg/capr/planner/config.go: machineGlobalConfig first, then each matching machineSelectorConfig in order; a key
 * that comes later REPLACES the one before, lists too. filter.go: of what is left only text, booleans and lists count.
 */
import type { Path } from '../policy/finding';
import { reachOf, type Reach } from './machineLabels';
import { GLOBAL_CONFIG, SELECTOR_CONFIG, type RancherCluster } from './rancherCluster';

export interface Located {
  readonly value: unknown;
  readonly path: Path;
  /** Index in machineSelectorConfig; undefined for machineGlobalConfig. */
  readonly selector: number | undefined;
  readonly reach: Reach;
}

/** Every place that sets a key for control-plane machines, in the order in which they replace each other. */
export function placesOf(cluster: RancherCluster, key: string): Located[] {
  const { machineGlobalConfig, machineSelectorConfig } = cluster.spec?.rkeConfig ?? {};
  const global: Located[] = machineGlobalConfig?.[key] !== undefined ? [{ value: machineGlobalConfig[key], path: [...GLOBAL_CONFIG, key], selector: undefined, reach: 'all' }] : [];

  return [
    ...global,
    ...(machineSelectorConfig ?? []).flatMap((entry, selector): Located[] => {
      const reach = entry?.config?.[key] !== undefined ? reachOf(entry.machineLabelSelector, cluster) : 'none';

      return reach === 'none' ? [] : [{ value: entry?.config?.[key], path: [...SELECTOR_CONFIG, selector, 'config', key], selector, reach }];
    })
  ];
}

/** The place whose value all control-plane machines have; undefined where none sets the key. */
export function effectivePlace(cluster: RancherCluster, key: string): Located | undefined {
  return placesOf(cluster, key).findLast(({ reach }) => reach === 'all');
}
