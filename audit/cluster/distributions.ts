/**
 * The first and the last step of the pipeline: from a cluster to AuditSettings, and from settings to a Change.
 */
import { findingsOfDocument } from '../lint/report';
import { readPolicyDocument } from '../policy/document';
import { blocks, withoutRepeats, type Finding, type Severity } from '../policy/finding';
import { caprDistribution } from './capr';
import type { Change, Operation } from './change';
import { clusterFinding } from './clusterFinding';
import { unconfigured } from './configuredBy';
import type { Distribution, Draft, PlanOptions } from './distribution';
import { K3S } from './k3s';
import { withPrevious } from './previous';
import { nameOf, type RancherCluster } from './rancherCluster';
import type { Reading } from './reading';
import { RKE1 } from './rke1';
import { rke1Version } from './rke1Forms';
import { RKE2 } from './rke2';
import { findingsOfOwner } from './rolloutHazards';
import { isSameSettings, type AuditOptions, type Delivery, type WantedSettings } from './settings';
import { isAuthorized, NOTHING_READ, type SourceRef, type Sources } from './sources';

/** A new distribution is one file and one entry. */
const DISTRIBUTIONS: readonly Distribution[] = [caprDistribution(RKE2), caprDistribution(K3S), RKE1];

const VERSION_PATH = ['spec', 'kubernetesVersion'] as const;

/** The distribution that a cluster is of, if we know it. */
export function distributionOf(cluster: RancherCluster): Distribution | undefined {
  return DISTRIBUTIONS.find((distribution) => distribution.isOf(cluster));
}

/** The Kubernetes version that a cluster asks for, such as `v1.34.2+rke2r1`. */
export function kubernetesVersionOf(cluster: RancherCluster): string | undefined {
  return cluster.spec?.kubernetesVersion ?? rke1Version(cluster);
}

/** What a cluster's configuration says about its audit log, and the hazards in it. Every cluster gives a reading. */
export function readAuditSettings(cluster: RancherCluster, sources: Sources = NOTHING_READ): Reading {
  const distribution = distributionOf(cluster);

  if (!distribution) {
    return { settings: { state: 'elsewhere' }, findings: [unknownDistribution(cluster, 'info')], flags: [], overridden: [], options: {}, files: [] };
  }
  const reading = distribution.read(cluster, sources);

  return { ...reading, findings: [...reading.findings, ...distribution.hazards({ cluster, sources, reading })] };
}

/** Why each delivery can't be used on a cluster, and undefined for those that can, in the order of recommendation. */
export function deliveriesOf(cluster: RancherCluster): ReadonlyMap<Delivery, Finding | undefined> {
  const distribution = distributionOf(cluster);

  return new Map(distribution?.deliveries.map((delivery) => [delivery, distribution.refusal(cluster, delivery)]));
}

/**
 * What has to be done so that a cluster has what is wanted: nothing where it already has it. The draft is made even where a finding
 * blocks, for a form that keeps what was typed.
 */
export function draftAuditSettings(cluster: RancherCluster, sources: Sources, wanted: WantedSettings, options: PlanOptions = {}): Draft {
  const distribution = distributionOf(cluster);

  if (!distribution) {
    return { operations: [], findings: [unknownDistribution(cluster, 'block')] };
  }
  const reading = distribution.read(cluster, sources);
  const refused = wanted.state === 'on' ? distribution.refusal(cluster, wanted.delivery) : undefined;

  if (reading.settings.state === 'elsewhere' && !(reading.settings.canTurnOff && wanted.state === 'off')) {
    return { operations: [], findings: reading.findings.map((finding) => ({ ...finding, severity: 'block' })) };
  }
  if (isWanted(reading, wanted) && isUsable(reading, cluster, sources) && !options.adopt && !options.pointTo) {
    return { operations: [], findings: [] };
  }
  const draft = refused ? { operations: [], findings: [refused] } : distribution.draft({ cluster, sources, reading }, wanted, options);

  return options.remember ? { ...draft, operations: withPrevious(draft.operations, cluster, reading) } : draft;
}

/**
 * The same as data to apply: with all that is wrong with the result, and without operations where a finding blocks. `ofPolicy` is for who
 * knows already what is to say of the policy that is wanted.
 */
export function planAuditSettings(cluster: RancherCluster, sources: Sources, wanted: WantedSettings, options: PlanOptions = {}, ofPolicy?: readonly Finding[]): Change {
  const { operations, findings: ofPlan } = draftAuditSettings(cluster, sources, wanted, options);
  const after = clusterAfter(cluster, operations);
  const { findings: ofResult } = readAuditSettings(after, sourcesAfter(sources, operations));
  const ofOwner = wanted.state === 'off' && operations.length ? findingsOfOwner(cluster) : [];
  // What the plan says comes first, and says it more strictly.
  const findings = withoutRepeats([...ofPlan, ...ofResult, ...ofOwner, ...(wanted.state === 'on' && !options.pointTo ? ofPolicy ?? findingsOfPolicy(wanted.policy, kubernetesVersionOf(cluster)) : [])]);

  return { findings, operations: blocks(findings) ? [] : operations };
}

/** The audit flags that a plan for a delivery writes where none are given: those that are there, and what the delivery needs. */
export function optionsForDelivery(cluster: RancherCluster, sources: Sources, delivery: Delivery): AuditOptions {
  const distribution = distributionOf(cluster);

  return distribution?.optionsFor({ cluster, sources, reading: distribution.read(cluster, sources) }, delivery) ?? {};
}

/** What a kube-apiserver of the version says of a policy, and lint of one that it takes. */
export function findingsOfPolicy(text: string, kubernetesVersion: string | undefined): readonly Finding[] {
  return findingsOfDocument(readPolicyDocument(text, kubernetesVersion), kubernetesVersion);
}

/** The cluster as it is after the operations. */
export function clusterAfter(cluster: RancherCluster, operations: readonly Operation[]): RancherCluster {
  return operations.reduce((result, operation) => operation.kind === 'Cluster' ? operation.after : result, cluster);
}

/** The sources as they are after the operations. */
export function sourcesAfter(sources: Sources, operations: readonly Operation[]): Sources {
  return (ref) => {
    const operation = operations.findLast(({ kind, namespace, name }) => kind === ref.kind && namespace === ref.namespace && name === ref.name);

    return operation === undefined || operation.kind === 'Cluster' ? sources(ref) : operation.after ?? 'notFound';
  };
}

/** The sources that a cluster's policy comes from, which a reading needs to look at. */
export function neededSources(cluster: RancherCluster): SourceRef[] {
  const distribution = distributionOf(cluster);

  return distribution?.read(cluster, NOTHING_READ).files.map(({ source }) => source) ?? [];
}

/** Arguments without a policy are nobody's wish, and off takes them out too. */
function isWanted({ settings, options }: Reading, wanted: WantedSettings): boolean {
  return !(wanted.state === 'off' && Object.keys(options).length) && isSameSettings(settings, wanted.state === 'on' ? { ...wanted, options: wanted.options ?? ('options' in settings ? settings.options : {}), expectations: wanted.expectations ?? ('expectations' in settings ? settings.expectations ?? '' : '') } : wanted);
}

/** Whether Rancher lets the cluster use every object that its policy comes from, as far as that is known. */
function isUsable({ files }: Reading, cluster: RancherCluster, sources: Sources): boolean {
  return files.map(({ source }) => sources(source)).every((object) => typeof object === 'string' || isAuthorized(object, nameOf(cluster)));
}

/** Why nothing can be read or planned: the object has no configuration of its nodes, or one of a distribution that we don't know. */
function unknownDistribution(cluster: RancherCluster, severity: Severity): Finding {
  return unconfigured(cluster, severity) ?? clusterFinding('distributionUnknown', severity, VERSION_PATH, { version: cluster.spec?.kubernetesVersion ?? '' });
}
