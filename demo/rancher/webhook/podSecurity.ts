/**
 * What Rancher's webhook rewrites in a cluster for its pod security template (PSACT): a Secret with the file, the entry
 * that delivers it and the argument that names it; without a template it takes exactly those away again.
 *
 * Source: webhook pkg/resources/provisioning.cattle.io/v1/cluster/mutator.go (handlePSACT, ensureSecret)
 */
import { createHash } from 'node:crypto';

import { clone, isObject, isSame, objectAt, setAt, stringAt, valueAt, type JsonObject } from '../json';
import type { Objects } from '../objects';
import { notFound } from '../steve/errors';
import { typeNeeded } from '../types';
import { admissionConfiguration } from './admissionConfiguration';
import { apiserverArguments, checkApiserverArguments, setApiserverArguments } from './apiserverArguments';
import { Denied, type Mutator } from './webhook';
import { PSACT_KEY, addPsactFile, dropPsactFile, psactFile } from './selectorFile';

const OPTION = 'admission-control-config-file';
const AUTHORIZED = 'rke.cattle.io/object-authorized-for-clusters';

/** The Secret that the webhook keeps for a cluster. */
export function psactSecretName(cluster: string): string {
  return `${ cluster }-admission-configuration-psact`;
}

/** The webhook's part in a write on a provisioning cluster. */
export function podSecurityTemplates(objects: Objects): Mutator {
  return (type, cluster, previous) => {
    const name = stringAt(cluster, 'metadata', 'name');

    if (type.id !== 'provisioning.cattle.io.cluster' || name === 'local' || !isObject(valueAt(cluster, 'spec', 'rkeConfig'))) {
      return;
    }
    if (previous) {
      checkApiserverArguments(cluster);
    }

    const runtime = stringAt(cluster, 'spec', 'kubernetesVersion').includes('k3s') ? 'k3s' : 'rke2';
    const path = `/etc/rancher/${ runtime }/config/rancher-psact.yaml`;
    const template = stringAt(cluster, 'spec', 'defaultPodSecurityAdmissionConfigurationTemplateName');
    const secret = psactSecretName(name);
    const before = apiserverArguments(cluster);
    const others = before.filter((argument) => argument !== `${ OPTION }=${ path }`);

    dropPsactFile(cluster, secret, path);
    if (template === '') {
      objects.remove(typeNeeded('secret'), stringAt(cluster, 'metadata', 'namespace'), secret);
    } else {
      const content = admissionConfiguration(templateNamed(objects, template));

      keepSecret(objects, cluster, secret, content);
      addPsactFile(cluster, psactFile(secret, path, createHash('sha256').update(content).digest('base64')));
      others.unshift(`${ OPTION }=${ path }`);
    }
    // A list that nothing was taken from or added to stays as it is, even one that only a new cluster may have.
    if (before.length > 0 || others.length > 0) {
      setApiserverArguments(cluster, others);
    }
  };
}

function templateNamed(objects: Objects, name: string): JsonObject {
  const type = typeNeeded('management.cattle.io.podsecurityadmissionconfigurationtemplate');
  const template = objects.get(type, '', name);

  if (!template) {
    throw new Denied(notFound(type, name).message);
  }

  return template;
}

function keepSecret(objects: Objects, cluster: JsonObject, name: string, content: string): void {
  const type = typeNeeded('secret');
  const namespace = stringAt(cluster, 'metadata', 'namespace');
  const data = { [PSACT_KEY]: Buffer.from(content).toString('base64') };
  const existing = objects.get(type, namespace, name);

  if (!existing) {
    objects.create(type, { metadata: { name, namespace, annotations: { [AUTHORIZED]: stringAt(cluster, 'metadata', 'name') } }, data, type: 'Opaque' });
  } else if (!isSame(objectAt(existing, 'data'), data)) {
    const updated = clone(existing);

    setAt(updated, data, 'data');
    objects.update(type, updated);
  }
}
