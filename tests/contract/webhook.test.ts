/** What Rancher's webhook does to clusters: pod security templates, and arguments that it cannot read. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

import { CLUSTERS, SECRETS, WORKSPACE, at, change, errorOf, listAt, objectAt, uniqueName, useRancher, type Answer, type Json } from './target';

const rancher = useRancher();
const VERSION = 'v1.34.2+rke2r1';
const FILE = '/etc/rancher/rke2/config/rancher-psact.yaml';
const ARGUMENT = `admission-control-config-file=${ FILE }`;
const OWN: Json = { fileSources: [{ secret: { name: 'own', items: [{ key: 'k', path: '/etc/own' }] } }] };

async function create(rkeConfig: Json, rest: Record<string, Json> = {}, query = ''): Promise<Answer & { readonly name: string }> {
  const name = uniqueName('hooked');
  const answer = await rancher.as('admin').post(CLUSTERS + query, { metadata: { name, namespace: WORKSPACE }, spec: { kubernetesVersion: VERSION, rkeConfig, ...rest } });

  return { ...answer, name };
}

async function secretOf(name: string): Promise<Answer> {
  return rancher.as('admin').get(`${ SECRETS }/${ WORKSPACE }/${ name }-admission-configuration-psact`);
}

async function edit(name: string, by: (spec: Record<string, Json>) => void): Promise<Answer> {
  return change(rancher.as('admin'), `${ CLUSTERS }/${ WORKSPACE }/${ name }`, (cluster) => by(objectAt(cluster, 'spec')));
}

const config = (body: Json | undefined): Json | undefined => at(body, 'spec', 'rkeConfig', 'machineGlobalConfig');
const files = (body: Json | undefined): Json | undefined => at(body, 'spec', 'rkeConfig', 'machineSelectorFiles');
const WITH_TEMPLATE = { defaultPodSecurityAdmissionConfigurationTemplateName: 'rancher-restricted' };

test('a template is delivered from a Secret of the webhook and named before the other arguments', async () => {
  const { name, body } = await create({ machineGlobalConfig: { 'kube-apiserver-arg': ['v=2', 'v=3'] }, machineSelectorFiles: [OWN] }, WITH_TEMPLATE);
  const secret = (await secretOf(name)).body;
  const content = Buffer.from(String(at(secret, 'data', 'admission-config-psact')), 'base64');

  expect(at(secret, 'metadata', 'annotations')).toEqual({ 'rke.cattle.io/object-authorized-for-clusters': name });
  expect(content.toString()).toContain('kind: AdmissionConfiguration');
  expect(content.toString()).toContain('enforce: restricted');
  expect(config(body)).toEqual({ 'kube-apiserver-arg': [ARGUMENT, 'v=2', 'v=3'] });
  expect(files(body)).toEqual([OWN, {
    fileSources: [{
      configMap: { name: '' },
      secret: { name: `${ name }-admission-configuration-psact`, items: [{ key: 'admission-config-psact', path: FILE, hash: createHash('sha256').update(content).digest('base64') }] }
    }],
    machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } }
  }]);
});

test('every write puts the webhook\'s entry last and its argument first, once', async () => {
  const { name } = await create({ machineSelectorFiles: [OWN] }, WITH_TEMPLATE);
  const { body } = await edit(name, (spec) => {
    const rkeConfig = objectAt(spec, 'rkeConfig');

    listAt(rkeConfig, 'machineSelectorFiles').reverse();
    listAt(rkeConfig, 'machineGlobalConfig', 'kube-apiserver-arg').unshift('v=2');
  });

  expect(listAt(files(body) ?? null).map((file) => at(file, 'fileSources', 0, 'secret', 'name'))).toEqual(['own', `${ name }-admission-configuration-psact`]);
  expect(at(config(body), 'kube-apiserver-arg')).toEqual([ARGUMENT, 'v=2']);
});

test('another template has another file, and another hash', async () => {
  const { name, body } = await create({}, WITH_TEMPLATE);
  const hash = (answer: Json | undefined): Json | undefined => at(files(answer), 0, 'fileSources', 0, 'secret', 'items', 0, 'hash');
  const edited = await edit(name, (spec) => Object.assign(spec, { defaultPodSecurityAdmissionConfigurationTemplateName: 'rancher-privileged' }));
  const content = Buffer.from(String(at((await secretOf(name)).body, 'data', 'admission-config-psact')), 'base64');

  expect(content.toString()).toContain('enforce: privileged');
  expect(hash(edited.body)).toBe(createHash('sha256').update(content).digest('base64'));
  expect(hash(edited.body)).not.toBe(hash(body));
});

test('without its template a cluster loses what the webhook added, and nothing else', async () => {
  const { name } = await create({ machineGlobalConfig: { cni: 'calico', 'kube-apiserver-arg': ['v=2'] }, machineSelectorFiles: [OWN] }, WITH_TEMPLATE);
  const { body } = await edit(name, (spec) => Object.assign(spec, { defaultPodSecurityAdmissionConfigurationTemplateName: '' }));

  expect(config(body)).toEqual({ cni: 'calico', 'kube-apiserver-arg': ['v=2'] });
  expect(files(body)).toEqual([OWN]);
  expect(await secretOf(name)).toMatchObject({ status: 404 });
});

test('what the webhook alone had filled goes with its template', async () => {
  const { name, body } = await create({ machineGlobalConfig: { cni: 'calico' } }, WITH_TEMPLATE);
  const edited = await edit(name, (spec) => Object.assign(spec, { defaultPodSecurityAdmissionConfigurationTemplateName: '' }));

  expect(config(body)).toEqual({ cni: 'calico', 'kube-apiserver-arg': [ARGUMENT] });
  expect(config(edited.body)).toEqual({ cni: 'calico' });
  expect(files(edited.body)).toBeUndefined();
});

test('a removed cluster takes the Secret with it', async () => {
  const { name } = await create({}, WITH_TEMPLATE);

  await rancher.as('admin').remove(`${ CLUSTERS }/${ WORKSPACE }/${ name }`);
  await expect.poll(async () => (await secretOf(name)).status, { timeout: 60_000 }).toBe(404);
});

test('a template that is not there is refused', async () => {
  const answer = await create({}, { defaultPodSecurityAdmissionConfigurationTemplateName: 'nobodys' });

  expect(answer.status).toBe(400);
  expect(at(answer.body, 'message')).toContain('podsecurityadmissionconfigurationtemplates.management.cattle.io "nobodys" not found');
});

test('K3s has the file at its own place', async () => {
  const { body } = await create({}, { ...WITH_TEMPLATE, kubernetesVersion: 'v1.34.2+k3s1' });

  expect(config(body)).toEqual({ 'kube-apiserver-arg': ['admission-control-config-file=/etc/rancher/k3s/config/rancher-psact.yaml'] });
});

test('a dry run is left alone', async () => {
  const { name, body } = await create({}, WITH_TEMPLATE, '?dryRun=All');

  expect(at(body, 'spec', 'rkeConfig')).toEqual({});
  expect(await secretOf(name)).toMatchObject({ status: 404 });
});

test.each([['an empty list', []], ['null', null], ['a number', 5]])('an update with %s for kube-apiserver-arg fails with HTTP 500 and changes nothing', async (_what, value) => {
  const admin = rancher.as('admin');
  const { name } = await create({ machineGlobalConfig: { 'kube-apiserver-arg': ['v=2'] } });
  const answer = await edit(name, (spec) => Object.assign(objectAt(spec, 'rkeConfig', 'machineGlobalConfig'), { 'kube-apiserver-arg': value }));

  expect(errorOf(answer)).toMatchObject({ status: 500, code: 'InternalError' });
  expect(at(answer.body, 'message')).toContain('failed calling webhook');
  expect(config((await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ name }`)).body)).toEqual({ 'kube-apiserver-arg': ['v=2'] });
});

test('a bare string for kube-apiserver-arg becomes a list', async () => {
  const { name } = await create({});
  const { body } = await edit(name, (spec) => Object.assign(spec, { rkeConfig: { machineGlobalConfig: { 'kube-apiserver-arg': 'v=2' } } }));

  expect(config(body)).toEqual({ 'kube-apiserver-arg': ['v=2'] });
});

test('a cluster that Rancher does not configure is left alone', async () => {
  const answer = await edit('imported', (spec) => Object.assign(spec, WITH_TEMPLATE));

  expect(answer.status).toBe(200);
  expect(await secretOf('imported')).toMatchObject({ status: 404 });
});
