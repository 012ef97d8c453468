/**
 * Whether kube-apiserver comes up with the audit policy that a machine was given: if not, its probe fails and Rancher
 * changes no further machine. Only what stops it for certain is looked at.
 *
 * Source: Kubernetes apiserver pkg/audit/policy (reader.go, validation.go); rke2 pkg/executor/staticpod (the user's
 * arguments come after RKE2's own, and the last one wins); rancher pkg/capr/planner/probe.go
 */
import { load } from 'js-yaml';

import { isObject, isWalkable, objectsAt, stringAt, valueAt } from '../json';
import type { Machine } from './machines';
import type { MachinePlan } from './plan';

const POLICY = 'audit-policy-file';
const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'];

/** Whether it comes up, given what lies on the machine's disk. */
export function apiserverStarts(machine: Machine, { config }: MachinePlan, disk: ReadonlyMap<string, string>): boolean {
  const path = machine.controlPlane ? policyPath(config['kube-apiserver-arg']) ?? stringAt(config, POLICY) : '';

  return path === '' || isPolicy(disk.get(path));
}

function policyPath(argument: unknown): string | undefined {
  const values: unknown[] = Array.isArray(argument) ? argument : [argument];

  return values.flatMap((value) => new RegExp(`^(?:--)?${ POLICY }=(.*)$`).exec(String(value))?.[1] ?? []).at(-1);
}

function isPolicy(text: string | undefined): boolean {
  const policy = parsed(text ?? '');
  const rules = valueAt(policy, 'rules');

  return stringAt(policy, 'apiVersion') === 'audit.k8s.io/v1' && stringAt(policy, 'kind') === 'Policy'
    && Array.isArray(rules) && rules.length > 0
    && rules.length === objectsAt(policy, 'rules').filter((rule) => LEVELS.includes(stringAt(rule, 'level'))).length;
}

function parsed(text: string): ReturnType<typeof valueAt> {
  try {
    const value = load(text);

    return isWalkable(value) && isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
