/**
 * A cluster that is being created goes from RKE2 to K3s or back: what becomes of the audit log that was set up for the other one.
 *
 * Source: kontainer-driver-metadata (Rancher drops an inline policy on K3s without a word); each has its own folders on the nodes.
 */
import type { Finding } from '../policy/finding';
import { withValueAt } from '../policy/valueAt';
import { defaultLogPath } from './caprTraits';
import type { Operation } from './change';
import { clusterFinding } from './clusterFinding';
import type { Distribution, PlanOptions, Situation } from './distribution';
import { clusterAfter, distributionOf, draftAuditSettings } from './distributions';
import { K3S } from './k3s';
import { sourceKindOf } from './planning';
import { nameOf, namespaceOf, type RancherCluster } from './rancherCluster';
import { RKE2 } from './rke2';
import type { AuditOn, AuditOptions, Delivery } from './settings';
import type { SourceKind, Sources } from './sources';

/** What was there before a switch that could not keep it, to bring it back. */
export interface Parked {
  readonly settings: AuditOn;
  /** What stands in its place. */
  readonly by: Delivery | 'off';
}

export interface Switch {
  readonly operations: readonly Operation[];
  readonly findings: readonly Finding[];
  readonly parked: Parked | undefined;
}

interface Switching {
  /** With the version that was chosen now. */
  readonly cluster: RancherCluster;
  /** The version before. */
  readonly from: string;
  readonly sources: Sources;
  readonly parked: Parked | undefined;
  readonly mayCreate: (kind: SourceKind) => boolean;
  /** How the policy is kept, where it stays in an object. */
  readonly options: PlanOptions;
}

/** What to do about a new version; undefined where it is of the same distribution, or where there is nothing of ours. */
export function switchOf({ cluster, from, sources, parked, mayCreate, options }: Switching): Switch | undefined {
  const before = withValueAt(cluster, ['spec', 'kubernetesVersion'], from);
  const [old, next] = [distributionOf(before), distributionOf(cluster)];

  if (!old || !next || old.id === next.id) {
    return undefined;
  }
  const reading = old.read(before, sources);
  const back = parked && parked.by === ('delivery' in reading.settings ? reading.settings.delivery : reading.settings.state) ? parked.settings : undefined;
  const settings = reading.settings.state === 'off' ? back : reading.settings;

  if (settings?.state !== 'on') {
    return undefined;
  }
  const without = withValueAt(clusterAfter(before, draftAuditSettings(before, sources, { state: 'off' }).operations), ['spec', 'kubernetesVersion'], cluster.spec?.kubernetesVersion);
  // The delivery before the last switch, if it works again; the same one; or a Secret, where the user may make one.
  const delivery = [back?.delivery, settings.delivery].find((candidate) => candidate && next.deliveries.includes(candidate)) ?? (mayCreate('Secret') ? 'secret' : undefined);
  const refused = delivery && next.refusal(without, delivery);

  if (!delivery || refused) {
    const reasons: Finding[] = refused ? [{ ...refused, severity: 'info' }] : [];

    return { operations: updateOf(cluster, without), findings: [clusterFinding('turnedOffBySwitch', 'warn', ['spec', 'kubernetesVersion'], { distribution: next.name }), ...reasons], parked: { settings, by: 'off' } };
  }
  const wanted = { ...settings, delivery, options: optionsOn(next, { before, cluster: without, sources, reading: { ...reading, options: settings.options } }, settings.delivery, delivery) };
  const draft = draftAuditSettings(without, sources, wanted, sourceKindOf(delivery) === sourceKindOf(settings.delivery) ? options : {});
  const isMoved = delivery !== settings.delivery && sourceKindOf(delivery) !== undefined;

  return {
    operations: [...draft.operations.filter(({ kind }) => kind !== 'Cluster'), ...updateOf(cluster, clusterAfter(without, draft.operations))],
    findings:   isMoved ? [clusterFinding('movedBySwitch', 'info', ['spec', 'kubernetesVersion'], { distribution: next.name })] : [],
    parked:     isMoved ? { settings, by: delivery } : undefined
  };
}

/** The options, with the new distribution's own place where the old one's was; those that only one of them has by itself are written for the other. */
function optionsOn(next: Distribution, { before, cluster, sources, reading }: Situation & { readonly before: RancherCluster }, from: Delivery, to: Delivery): AuditOptions {
  const [old, own] = next.id === K3S.id ? [RKE2, K3S] : [K3S, RKE2];
  const moved = Object.fromEntries(Object.entries(reading.options).map(([name, value]) => [name, value === defaultLogPath(old, before) ? defaultLogPath(own, cluster) : value]));

  return Boolean(sourceKindOf(from)) === Boolean(sourceKindOf(to)) ? moved : next.optionsFor({ cluster, sources, reading: { ...reading, options: moved } }, to);
}

function updateOf(before: RancherCluster, after: RancherCluster): Operation[] {
  return [{ action: 'update', kind: 'Cluster', namespace: namespaceOf(before), name: nameOf(before), before, after }];
}
