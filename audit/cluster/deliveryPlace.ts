/**
 * Where in a cluster a delivery stands, and what it brings to the nodes.
 */
import { fieldName } from '../policy/finding';
import { ARGS_KEY, POLICY_FLAG } from './apiServerArgs';
import { effectivePlace, type Located } from './controlPlaneConfig';
import { selectorText } from './machineLabels';
import { SELECTOR_CONFIG, SELECTOR_FILES, valueAt, type MachineSelectorConfig, type MachineSelectorFiles, type RancherCluster } from './rancherCluster';
import { flagIn, type Reading } from './reading';

export interface DeliveryPlace {
  /** The field that holds the policy itself, or the arguments that name its file. */
  readonly field: string;
  /** The machines that get the field, as a selector; '' for all. */
  readonly fieldSelector: string;
  /** The machines that get the file, where an object brings one; '' for all. */
  readonly fileSelector: string | undefined;
  /** The policy's file on the nodes. */
  readonly file: string;
}

/** The place of a policy that is on; undefined where the cluster has none of its own. */
export function deliveryPlaceOf(cluster: RancherCluster, reading: Reading): DeliveryPlace | undefined {
  const place = effectivePlace(cluster, reading.policyPath === undefined ? POLICY_FLAG : ARGS_KEY);
  const file = reading.files.findLast(({ reach }) => reach === 'all');
  const entry = file && valueAt(cluster, file.path.slice(0, SELECTOR_FILES.length + 1)) as MachineSelectorFiles;

  return place && {
    field:         fieldName(place.path),
    fieldSelector: fieldSelectorOf(cluster, place),
    fileSelector:  entry && selectorText(entry.machineLabelSelector),
    file:          flagIn(reading, POLICY_FLAG)
  };
}

function fieldSelectorOf(cluster: RancherCluster, { selector }: Located): string {
  const entry = selector === undefined ? undefined : valueAt(cluster, [...SELECTOR_CONFIG, selector]) as MachineSelectorConfig;

  return selectorText(entry?.machineLabelSelector);
}
