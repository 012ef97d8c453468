/**
 * The files that a machine gets from Secrets and ConfigMaps through `machineSelectorFiles`.
 *
 * Source: rancher pkg/capr/planner/config.go (renderFiles, clusterObjectAuthorized); the messages are Rancher's
 */
import { createHash } from 'node:crypto';

import { objectAt, objectsAt, stringAt, valueAt, type JsonObject } from '../json';
import { PlannerError } from './errors';
import type { Machine } from './machines';
import { selects } from './selectors';

export interface PlannedFile {
  readonly path: string;
  readonly content: string;
  /** In octal, '' where nobody said and the agent takes 0600. */
  readonly permissions: string;
  readonly dynamic: boolean;
}

type Kind = 'secret' | 'configmap';

/** The Secret or ConfigMap of that name in the cluster's own namespace. */
export type Find = (kind: Kind, name: string) => JsonObject | undefined;

const AUTHORIZED = 'rke.cattle.io/object-authorized-for-clusters';

/** The clusters that may use an object: nothing is trimmed, so that a space belongs to a name. */
export function authorizedClusters(object: JsonObject): string[] {
  return stringAt(object, 'metadata', 'annotations', AUTHORIZED).split(',');
}

/** The files of a machine, in the order of the cluster. */
export function filesOf(cluster: JsonObject, machine: Machine, find: Find): PlannedFile[] {
  return objectsAt(cluster, 'spec', 'rkeConfig', 'machineSelectorFiles')
    .filter((entry) => selects(entry['machineLabelSelector'], machine.labels))
    .flatMap((entry) => objectsAt(entry, 'fileSources'))
    .flatMap((source) => filesFrom(source, cluster, find));
}

function filesFrom(source: JsonObject, cluster: JsonObject, find: Find): PlannedFile[] {
  const namespace = stringAt(cluster, 'metadata', 'namespace');
  const secret = stringAt(source, 'secret', 'name');
  const configMap = stringAt(source, 'configMap', 'name');

  if (secret !== '' && configMap !== '') {
    throw new PlannerError(`secret ${ namespace }/${ secret } and configmap ${ namespace }/${ configMap } cannot both be defined at the same time for files, use separate entries`);
  }

  return [
    ...(secret === '' ? [] : filesIn('secret', objectAt(source, 'secret'), cluster, find)),
    ...(configMap === '' ? [] : filesIn('configmap', objectAt(source, 'configMap'), cluster, find))
  ];
}

function filesIn(kind: Kind, source: JsonObject, cluster: JsonObject, find: Find): PlannedFile[] {
  const namespace = stringAt(cluster, 'metadata', 'namespace');
  const name = stringAt(source, 'name');
  const object = find(kind, name);

  if (!object) {
    throw new PlannerError(`error retrieving ${ kind } ${ namespace }/${ name } while rendering files: ${ kind }s "${ name }" not found`);
  }
  if (!authorizedClusters(object).includes(stringAt(cluster, 'metadata', 'name'))) {
    throw new PlannerError(`error rendering files: cluster ${ namespace }/${ stringAt(cluster, 'metadata', 'name') } was not authorized to access ${ kind } ${ namespace }/${ name }`);
  }

  return objectsAt(source, 'items').map((item) => {
    const content = contentOf(kind, object, stringAt(item, 'key'));
    const hash = stringAt(item, 'hash');

    if (hash !== '' && hash !== createHash('sha256').update(content).digest('base64')) {
      throw new PlannerError(`${ kind } ${ name } does not contain the expected content`);
    }

    return {
      path: stringAt(item, 'path'),
      content: content.toString(),
      permissions: stringAt(item, 'permissions') || stringAt(source, 'defaultPermissions'),
      dynamic: valueAt(item, 'dynamic') === true
    };
  });
}

/** A key that is not there gives an empty file; `binaryData` counts as not there. */
function contentOf(kind: Kind, object: JsonObject, key: string): Buffer {
  return Buffer.from(stringAt(object, 'data', key), kind === 'secret' ? 'base64' : 'utf8');
}
