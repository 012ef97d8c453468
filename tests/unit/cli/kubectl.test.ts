// The commands for kubectl: what they send, and when they stop.
import { applyPatch, type Operation as PatchOperation } from 'rfc6902';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import { draftAuditSettings } from '../../../audit/cluster/distributions';
import { cleaned } from '../../../audit/cluster/manifests';
import { DELIVERIES, type WantedSettings } from '../../../audit/cluster/settings';
import { sourcesOf } from '../../../audit/cluster/sources';
import { kubectlLines, patchOf } from '../../../cli/kubectl';
import { clusterOf, sourceOf, type Given } from '../audit/cluster/given';

const FOLDER = mkdtempSync(join(tmpdir(), 'cluster-audit-kubectl-'));
const LOG = join(FOLDER, 'log');

afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Runs lines with a kubectl that writes down what it is given, and fails for arguments that have a word. */
function run(lines: string, failing = 'never'): { readonly status: number | null; readonly log: string } {
  writeFileSync(LOG, '');
  writeFileSync(join(FOLDER, 'kubectl'), `#!/bin/sh\nfor each; do echo "[$each]"; done >> '${ LOG }'\ncat >> '${ LOG }'\ncase "$*" in *${ failing }*) exit 1;; esac\n`);
  chmodSync(join(FOLDER, 'kubectl'), 0o755);
  const { status } = spawnSync('sh', ['-c', lines], { input: '', env: { PATH: `${ FOLDER }:${ process.env['PATH'] }` } });

  return { status, log: readFileSync(LOG, 'utf8') };
}

const GIVEN: Given = { version: 'v1.34.2+rke2r1', metadata: { name: 'demo’s "own"', namespace: 'it\'s', resourceVersion: '7' }, config: { 'cni': 'calico', 'kube-apiserver-arg': ['event-ttl=2h'] } };
const SECRET: WantedSettings = { state: 'on', delivery: 'secret', policy: 'kind: Policy\n# EOF\nEOF\n$HOME `id`\n' };
const operations = draftAuditSettings(clusterOf(GIVEN), sourcesOf([]), SECRET).operations;

describe('kubectl', () => {
  it('gets the Secret first, and each text as it is', () => {
    const { status, log } = run(kubectlLines(operations));

    expect(status).toBe(0);
    expect(log).toMatch(/^\[-n\]\n\[it's\]\n\[create\]\n\[-f\]\n\[-\]\napiVersion: v1\nkind: Secret\n[\s\S]*\[-n\]\n\[it's\]\n\[patch\]\n\[clusters\.provisioning\.cattle\.io\]\n\[demo’s "own"\]\n\[--type\]\n\[json\]\n\[--patch-file\]\n\[\/dev\/stdin\]\n\[\{"op":"test"/);
  });

  it('does not point a cluster to a Secret that could not be made', () => {
    const { status, log } = run(kubectlLines(operations), 'create');

    expect([status, log.includes('[patch]')]).toEqual([1, false]);
  });

  it('sends a policy without a change, whatever is in it', () => {
    const { log } = run(kubectlLines(draftAuditSettings(clusterOf(GIVEN), sourcesOf([]), { ...SECRET, delivery: 'inline' }).operations));
    const patch = JSON.parse(log.slice(log.indexOf('[{'))) as PatchOperation[];

    expect(patch.at(-1)).toEqual({ op: 'add', path: '/spec/rkeConfig/machineGlobalConfig/audit-policy-file', value: SECRET.policy });
  });
});

const CLUSTERS = fc.record({
  version:   fc.constantFrom('v1.34.2+rke2r1', 'v1.34.2+k3s1'),
  metadata:  fc.constantFrom({}, { annotations: { a: 'b' } }),
  config:    fc.constantFrom({}, { cni: 'calico' }, { 'kube-apiserver-arg': ['event-ttl=2h', 'audit-log-maxage=1', '--v=2'] }, { 'kube-apiserver-arg': 'audit-log-path=/l' }, { 'audit-policy-file': 'old' }),
  selectors: fc.constantFrom([], [{ config: { a: 1 } }, { config: { 'audit-policy-file': 'old' }, machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } } }]),
  files:     fc.constantFrom([], [{ fileSources: [{ configMap: { name: 'm', items: [{ key: 'k', path: '/m' }] } }] }])
}, { requiredKeys: ['version'] }).map((given) => clusterOf(given as Given));
const WANTED = fc.oneof(fc.constant({ state: 'off' } as const), fc.record({ state: fc.constant('on' as const), delivery: fc.constantFrom(...DELIVERIES), policy: fc.constantFrom('a', 'b\n') }));
const SOURCES = sourcesOf([sourceOf({ name: 'm', kind: 'ConfigMap', text: { k: 'x' } })]);

const isApplied = (object: object, patch: readonly PatchOperation[]): boolean => applyPatch(object, [...patch]).every((error) => error === null);

describe('a patch', () => {
  it('makes of each object what was planned', () => fc.assert(fc.property(CLUSTERS, WANTED, (cluster, wanted) => {
    for (const { action, before, after } of draftAuditSettings(cluster, SOURCES, wanted).operations) {
      if (action === 'update') {
        const object = structuredClone(before);

        expect(isApplied(object, patchOf(before, after))).toBe(true);
        expect(cleaned(object)).toEqual(cleaned(after));
      }
    }
  }), { numRuns: 500, seed: 1 }));

  it.each([
    ['fails', 'another argument at the front', 'secret', { config: { 'cni': 'calico', 'kube-apiserver-arg': ['v=2', 'event-ttl=2h'] } }],
    ['fails', 'the first file', 'secret', { files: [{ fileSources: [] }] }],
    ['fails', 'a policy', 'inline', { config: { ...GIVEN.config, 'audit-policy-file': 'theirs' } }],
    ['fails', 'the first selector', 'inline-selector', { selectors: [{ config: {} }] }],
    ['works', 'what is beside it', 'inline', { files: [{ fileSources: [] }] }]
  ] as const)('%s where someone else has added %s', (result, _, delivery, theirs) => {
    const [operation] = draftAuditSettings(clusterOf(GIVEN), sourcesOf([]), { ...SECRET, delivery }).operations.filter(({ kind }) => kind === 'Cluster');

    // A server applies all of a patch or nothing.
    expect(operation?.after && isApplied(structuredClone(clusterOf({ ...GIVEN, ...theirs })), patchOf(operation.before ?? {}, operation.after))).toBe(result === 'works');
  });

  it('looks at the server’s own mark where it would be about all metadata', () => {
    const before = { metadata: { name: 'x', resourceVersion: '7', uid: 'u' } };

    expect(patchOf(before, { metadata: { ...before.metadata, annotations: { a: 'b' } } })).toEqual([
      { op: 'test', path: '/metadata/resourceVersion', value: '7' },
      { op: 'add', path: '/metadata/annotations', value: { a: 'b' } }
    ]);
  });
});
