/** The pipeline of the distributions that Rancher provisions from an `rkeConfig`. */
import type { CaprTraits } from './caprTraits';
import type { Distribution } from './distribution';
import { findingsOfHazards } from './hazards';
import { draftOf, optionsFor, refusedDelivery } from './planning';
import { readSettings } from './reading';

/** A distribution from what is its own. */
export function caprDistribution(distribution: CaprTraits): Distribution {
  return {
    id:         distribution.id,
    name:       distribution.name,
    deliveries: distribution.deliveries,
    isOf:       (cluster) => Boolean(cluster.spec?.rkeConfig) && cluster.spec?.kubernetesVersion?.includes(distribution.versionMark) === true,
    read:       (cluster, sources) => readSettings(distribution, cluster, sources),
    hazards:    (situation) => findingsOfHazards({ ...situation, distribution }),
    refusal:    (cluster, delivery) => refusedDelivery({ distribution, cluster }, delivery),
    optionsFor: (situation, delivery) => optionsFor({ ...situation, distribution }, delivery),
    draft:      (situation, wanted, options) => draftOf({ ...situation, distribution }, wanted, options)
  };
}
