/**
 * Where in a cluster a delivery stands, and what it brings to the nodes.
 */
import { fieldName } from '../policy/finding';
import { valueAt } from '../policy/valueAt';
import { ARGS_KEY, POLICY_FLAG } from './apiServerArgs';
import { effectivePlace, type Located } from './controlPlaneConfig';
import { selectorText } from './machineLabels';
import { effectiveFiles } from './policyFiles';
import { SELECTOR_CONFIG, type MachineSelectorConfig, type RancherCluster } from './rancherCluster';
import { flagIn, type Reading } from './reading';

export interface DeliveryPlace {
  /** The field that holds the policy itself, or the arguments that name its file. */
  readonly field: string;
  /** The machines that get the field, as a selector; '' for all. */
  readonly fieldSelector: string;
  /** The machines that get the file, where an object brings one, as selectors; '' for all. */
  readonly fileSelector: string | undefined;
  /** The policy's file on the nodes. */
  readonly file: string;
}

/** The place of a policy that is on; undefined where the cluster has none of its own. */
export function deliveryPlaceOf(cluster: RancherCluster, reading: Reading): DeliveryPlace | undefined {
  const place = effectivePlace(cluster, reading.policyPath === undefined ? POLICY_FLAG : ARGS_KEY);
  const selectors = new Set(effectiveFiles(cluster, reading.files).map(({ selector }) => selectorText(selector)));

  return place && {
    field:         fieldName(place.path),
    fieldSelector: fieldSelectorOf(cluster, place),
    fileSelector:  selectors.size ? selectors.has('') ? '' : [...selectors].join('; ') : undefined,
    file:          flagIn(reading, POLICY_FLAG)
  };
}

function fieldSelectorOf(cluster: RancherCluster, { selector }: Located): string {
  const entry = selector === undefined ? undefined : valueAt(cluster, [...SELECTOR_CONFIG, selector]) as MachineSelectorConfig;

  return selectorText(entry?.machineLabelSelector);
}
