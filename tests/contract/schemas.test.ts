/** What Steve says about its types: schemas, definitions, counts, preferences. */
import { expect, test } from 'vitest';

import { CONFIG_MAPS, WORKSPACE, at, errorOf, eventually, listAt, objectAt, uniqueName, useTarget } from './target';

const target = useTarget();
const CLUSTER = 'provisioning.cattle.io.cluster';

test('a schema names its collection, its Kubernetes resource and its columns', async () => {
  const admin = target.as('admin');
  const { body } = await admin.get(`/v1/schemas/${ CLUSTER }`);

  expect(objectAt(body)).toMatchObject({
    id: CLUSTER,
    type: 'schema',
    pluralName: 'provisioning.cattle.io.clusters',
    links: { collection: `${ admin.url }/v1/provisioning.cattle.io.clusters`, self: `${ admin.url }/v1/schemas/${ CLUSTER }` },
    attributes: { group: 'provisioning.cattle.io', kind: 'Cluster', namespaced: true, resource: 'clusters', version: 'v1' }
  });
  expect(listAt(body, 'attributes', 'columns').map((column) => [at(column, 'name'), at(column, 'field')])).toEqual([
    ['Name', '$.metadata.fields[0]'],
    ['Version', '$.metadata.fields[1]'],
    ['Cluster Name', '$.metadata.fields[2]'],
    ['Age', '$.metadata.fields[3]'],
    ['Kubeconfig', '$.metadata.fields[4]'],
    ['Ready', '$.metadata.fields[5]']
  ]);
});

test('the list of schemas holds Steve\'s own types as well', async () => {
  const ids = listAt((await target.as('admin').get('/v1/schemas')).body, 'data').map((schema) => at(schema, 'id'));

  expect(ids).toEqual(expect.arrayContaining([CLUSTER, 'secret', 'configmap', 'namespace', 'schema', 'schemaDefinition', 'count', 'userpreference', 'subscribe']));
});

test('a schema that the user does not have is not found', async () => {
  expect(errorOf(await target.as('admin').get('/v1/schemas/nonsense'))).toEqual({ status: 404, type: 'error', code: 'NotFound', message: 'no such schema' });
});

test('a schema definition describes itself by the name that it gives', async () => {
  const { status, body } = await target.as('admin').get(`/v1/schemaDefinitions/${ CLUSTER }`);
  const name = String(at(body, 'definitionType'));

  expect(status).toBe(200);
  expect(name).toBe('io.cattle.provisioning.v1.Cluster');
  expect(at(body, 'definitions', name, 'type')).toBe(name);
});

test('a schema definition leads to every field that an audit policy needs', async () => {
  const definitions = objectAt((await target.as('admin').get(`/v1/schemaDefinitions/${ CLUSTER }`)).body, 'definitions');
  const fields = (name: string): unknown => objectAt(definitions, name, 'resourceFields');
  const rke = 'io.cattle.provisioning.v1.Cluster.spec.rkeConfig';

  expect(fields('io.cattle.provisioning.v1.Cluster.spec')).toMatchObject({ kubernetesVersion: { type: 'string' }, rkeConfig: { type: rke } });
  expect(fields(rke)).toMatchObject({
    machineGlobalConfig: { type: 'map' },
    machineSelectorConfig: { type: 'array', subtype: `${ rke }.machineSelectorConfig` },
    machineSelectorFiles: { type: 'array', subtype: `${ rke }.machineSelectorFiles` }
  });
  expect(fields(`${ rke }.machineSelectorFiles`)).toMatchObject({ fileSources: { type: 'array', subtype: `${ rke }.machineSelectorFiles.fileSources` } });
  expect(fields(`${ rke }.machineSelectorFiles.fileSources.secret`)).toMatchObject({ name: { type: 'string', required: true }, items: { type: 'array' } });
  expect(fields(`${ rke }.machineSelectorFiles.fileSources.secret.items`)).toMatchObject({ dynamic: { type: 'boolean' }, key: { type: 'string' }, path: { type: 'string' } });
});

test('every type that a definition names is defined or a basic one', async () => {
  const definitions = objectAt((await target.as('admin').get(`/v1/schemaDefinitions/${ CLUSTER }`)).body, 'definitions');
  const named = Object.values(definitions).flatMap((definition) => Object.values(objectAt(definition, 'resourceFields')))
    .flatMap((field) => [at(field, 'type'), at(field, 'subtype')])
    .filter((type) => typeof type === 'string' && !['', 'string', 'int', 'boolean', 'array', 'map'].includes(type));

  expect(named.filter((type) => !Object.hasOwn(definitions, String(type)))).toEqual([]);
});

test('the definition of a type that is not there is not found', async () => {
  expect(errorOf(await target.as('admin').get('/v1/schemaDefinitions/nonsense'))).toEqual({ status: 404, type: 'error', code: 'NotFound', message: 'no such schema' });
});

test('the counts follow the objects, by namespace', async () => {
  const admin = target.as('admin');
  const count = async (): Promise<number> => Number(at((await admin.get('/v1/counts')).body, 'data', 0, 'counts', 'configmap', 'namespaces', WORKSPACE, 'count') ?? 0);
  const before = await count();

  await admin.post(CONFIG_MAPS, { metadata: { name: uniqueName('counted'), namespace: WORKSPACE } });
  await eventually(count, (after) => after > before);
});

test('a user counts only what they see', async () => {
  const counts = objectAt((await target.as('standard').get('/v1/counts')).body, 'data', 0, 'counts');

  expect(at(counts, CLUSTER, 'summary', 'count')).toBe(1);
  expect(counts).not.toHaveProperty('configmap');
});

test('preferences are kept for a user', async () => {
  const readonly = target.as('readonly');
  const id = String(at((await readonly.get('/v1/userpreferences')).body, 'data', 0, 'id'));
  const saved = await readonly.put(`/v1/userpreferences/${ id }`, { id, type: 'userpreference', data: { theme: '"ui-dark"' } });

  expect(saved.status).toBe(200);
  expect(at((await readonly.get('/v1/userpreferences')).body, 'data', 0, 'data')).toEqual({ theme: '"ui-dark"' });
});
