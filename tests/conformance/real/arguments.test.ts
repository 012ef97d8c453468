// A real kube-apiserver takes and refuses values of its audit flags as we say, in the words that we show.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readAuditSettings } from '../../../audit/cluster/distributions';
import { casesOf } from '../../unit/tables';
import { clusterOf } from '../../unit/audit/cluster/given';
import { placed, sortedArgs } from './node';
import { RealServers } from '../../../demo/real/servers';

const POLICY = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{ level: Metadata }]\n';
/** Where a webhook would send to; nobody is there. */
const WEBHOOK = JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'c', contexts: [{ name: 'c', context: { cluster: 'c', user: '' } }], clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:9' } }] });

interface ArgumentsCase { readonly args: readonly string[]; readonly starts: boolean }

let servers: RealServers;

beforeAll(async () => {
  servers = await RealServers.start({});
});
afterAll(() => servers.stop());

describe('kube-apiserver', () => {
  it.each(casesOf<ArgumentsCase>('real/arguments'))('$name', async ({ name, args, starts }) => {
    const { findings } = readAuditSettings(clusterOf({ version: 'v1.36.3+k3s1', config: { 'kube-apiserver-arg': args } }));
    const expected = findings.filter(({ severity }) => severity === 'block').flatMap(({ params: { upstream } }) => upstream === undefined ? [] : [String(upstream)]);
    const folder = join(servers.addresses.directory, name.replaceAll(/\W+/g, '-'));

    mkdirSync(folder);
    const outcome = await servers.startKubernetes(placed({ args: sortedArgs(args), files: { '/p.yaml': POLICY, '/w.yaml': WEBHOOK } }, folder), 'serving');

    if ('url' in outcome) {
      await servers.stopKubernetes(outcome.url);
    }
    expect('url' in outcome ? [] : reasonsIn(outcome.reasons)).toEqual(expected);
    expect('url' in outcome).toBe(starts);
  });
});

/** Of several reasons kube-apiserver makes one list. */
function reasonsIn(reasons: readonly string[]): string[] {
  return reasons.flatMap((reason) => /^\[.*\]$/s.test(reason) ? reason.slice(1, -1).split(', --').map((one, index) => index ? `--${ one }` : one) : [reason]);
}
