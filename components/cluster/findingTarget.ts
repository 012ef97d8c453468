/**
 * The field of our own screens that a finding is about.
 */
import { isAuditFlag, POLICY_FLAG } from '../../audit/cluster/apiServerArgs';
import type { Finding } from '../../audit/policy/finding';

/** A part of the editor, or a flag of the log by its name. */
export type Target = 'policy' | 'delivery' | 'source' | `audit-${ string }`;

/** Of the cluster, what the delivery decides. */
const DELIVERED = ['machineGlobalConfig', 'machineSelectorConfig', 'machineSelectorFiles'];
/** About the policy's text, wherever that stands. */
const OF_POLICY = ['cluster.policyIsPath', 'cluster.policyLarge', 'cluster.policyNotText', 'cluster.rke1PolicyNotObject'];

/** Undefined for what stands elsewhere in the cluster's form. */
export function targetOf({ code, at, params }: Finding): Target | undefined {
  const { argument } = params;

  if (at.object === 'policy' || OF_POLICY.includes(code)) {
    return 'policy';
  }
  if (at.object === 'source') {
    return 'source';
  }
  if (typeof argument === 'string' && isAuditFlag(argument)) {
    return argument === POLICY_FLAG ? 'delivery' : argument as Target;
  }

  return at.path.some((step) => DELIVERED.includes(String(step))) ? 'delivery' : undefined;
}
