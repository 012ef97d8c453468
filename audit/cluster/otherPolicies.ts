/**
 * Where a cluster's configuration names an audit policy otherwise than by one inline text.
 *
 * Source: rancher pkg/capr/planner/config.go (a selector's key replaces the global one), rke2
 * pkg/executor/staticpod/staticpod.go (the user's arguments come last and win), k3s pkg/util/args.go (GetArgs).
 */
import type { Path } from '../policy/finding';
import { POLICY_KEY } from './inlinePolicy';
import type { MachineConfig, RancherCluster } from './rancherCluster';

const ARGS_KEY = 'kube-apiserver-arg';
/** `--name=value`, and the `+=` and `-=` of k3s and RKE2. */
const POLICY_ARG = new RegExp(`^(--)?${ POLICY_KEY }[+-]?(=|$)`);

/** The paths of all places that name a policy and override the inline one of machineGlobalConfig. */
export function otherPolicyPaths(cluster: RancherCluster): Path[] {
  const { machineGlobalConfig, machineSelectorConfig } = cluster.spec?.rkeConfig ?? {};
  const base = ['spec', 'rkeConfig'];

  return [
    ...argPaths(machineGlobalConfig, [...base, 'machineGlobalConfig']),
    ...(machineSelectorConfig ?? []).flatMap((selector, index) => {
      const path = [...base, 'machineSelectorConfig', index, 'config'];
      const ownPolicy = selector?.config?.[POLICY_KEY] ?? undefined;

      return [...(ownPolicy === undefined ? [] : [[...path, POLICY_KEY]]), ...argPaths(selector?.config, path)];
    })
  ];
}

function argPaths(config: MachineConfig | null | undefined, path: Path): Path[] {
  const value = config?.[ARGS_KEY];
  const args: readonly unknown[] = Array.isArray(value) ? value : [value];

  return args.flatMap((arg, index) => typeof arg === 'string' && POLICY_ARG.test(arg) ? [[...path, ARGS_KEY, ...(Array.isArray(value) ? [index] : [])]] : []);
}
