/**
 * The way of one cluster from what its machines have to what they shall have: which machine takes its plan next, and
 * what to say meanwhile. Knows no clock and no store.
 *
 * Source: rancher pkg/capr/planner/planner.go (reconcile: a tier starts when those before it are done), messages.go
 */
import { isSame, type JsonValue } from '../json';
import { atOnce, type Machine, type Tier } from './machines';
import { restartStamp, type MachinePlan } from './plan';

export interface Rollout {
  /** The plan that each machine was given last. */
  readonly delivered: Map<string, MachinePlan>;
  /** The machines that are still applying theirs. */
  readonly applying: Set<string>;
  /** The machines that have applied theirs and whose kube-apiserver does not come up. */
  readonly failing: Set<string>;
}

export interface Step {
  readonly start: readonly Machine[];
  /** What Rancher says of the machines that are not done; undefined when all are. */
  readonly message: string | undefined;
}

const WAITING = 'waiting for plan to be applied';
const PROBES = 'waiting for probes: kube-apiserver';

/** Takes over every plan that needs no restart, as well as those of machines that are not there any more. */
export function deliverQuietly({ delivered }: Rollout, wanted: ReadonlyMap<string, MachinePlan>): void {
  for (const [name, plan] of delivered) {
    const next = wanted.get(name);

    if (!next) {
      delivered.delete(name);
    } else if (restartStamp(next) === restartStamp(plan) && !isSame(asJson(next), asJson(plan))) {
      delivered.set(name, next);
    }
  }
}

/** The machines to start with now, from the first tier that is not done. */
export function nextStep(rollout: Rollout, wanted: ReadonlyMap<string, MachinePlan>, tiers: readonly Tier[]): Step {
  const isStale = ({ name }: Machine): boolean => {
    const [next, last] = [wanted.get(name), rollout.delivered.get(name)];

    return next !== undefined && (last === undefined || restartStamp(next) !== restartStamp(last));
  };

  for (const tier of tiers) {
    const behind = tier.machines.filter((machine) => isStale(machine) || rollout.applying.has(machine.name) || rollout.failing.has(machine.name));

    if (behind.length > 0) {
      const idle = behind.filter((machine) => isStale(machine) && !rollout.applying.has(machine.name));
      // A machine that has failed gets a corrected plan at once: it can not become any less available.
      const repaired = idle.filter(({ name }) => rollout.failing.has(name));
      const fresh = idle.filter((machine) => !repaired.includes(machine));

      return { start: [...repaired, ...fresh.slice(0, Math.max(0, atOnce(tier) - behind.length + fresh.length))], message: messageFor(tier, behind, rollout) };
    }
  }

  return { start: [], message: undefined };
}

function messageFor(tier: Tier, machines: readonly Machine[], rollout: Rollout): string {
  const names = machines.map(({ name }) => name).sort();
  const shown = names.length > 3 ? `${ names.slice(0, 3).join(',') } and ${ names.length - 3 } more` : names.join(',');
  const [only, ...more] = names;
  const isWaiting = only === undefined || rollout.applying.has(only) || !rollout.failing.has(only);

  return `configuring ${ tier.name } node(s) ${ shown }${ more.length > 0 ? '' : `: ${ isWaiting ? WAITING : PROBES }` }`;
}

function asJson(plan: MachinePlan): JsonValue {
  return { config: plan.config, files: plan.files.map((file) => ({ ...file })) };
}
