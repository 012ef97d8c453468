// What Terraform reads in the files that we export is what the plan is about.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Operation } from '../../audit/cluster/change';
import { draftAuditSettings } from '../../audit/cluster/distributions';
import { terraformFiles } from '../../audit/cluster/exports/terraform';
import type { FileSourceObject, LabelSelector, RkeConfig } from '../../audit/cluster/rancherCluster';
import type { Fields } from '../../audit/cluster/rke1Forms';
import { DELIVERIES, type WantedSettings } from '../../audit/cluster/settings';
import { fileHash, sourcesOf, textIn, type SourceObject } from '../../audit/cluster/sources';
import { plainValue } from '../../audit/policy/jsonTree';
import { treeOf } from '../../audit/policy/tree';
import { clusterOf, sourceOf, type Given } from '../unit/audit/cluster/given';
import { Judge } from './judge';
import { SEED } from './seed';

interface Block { readonly type: string; readonly labels: readonly string[] | null; readonly attributes: Fields; readonly blocks: readonly Block[] }
interface Answer { readonly blocks: readonly Block[]; readonly formatted: boolean; readonly error?: string }

const RUNS = 400;

let judge: Judge;

beforeAll(() => {
  judge = new Judge('terraform');
});
afterAll(() => judge.end());

/** Texts that HCL, YAML and their escapes could get wrong; Terraform composes letters with their accents. */
const TEXT = fc.oneof(
  fc.constantFrom('${x}', '%{if}', '$${', '%%%{', '"\\"', 'a\nb\r\n\tc', '# no comment', '- x: y', '中文 😀\u200d', 'true', '0600', '1e3', 'EOT', '\u0000\u007f\u2028\ufeff'),
  fc.string({ unit: 'grapheme' }).map((text) => text.normalize('NFC'))
);
const VALUE = fc.oneof(TEXT, fc.boolean(), fc.integer(), fc.constantFrom(0.5, -1.25, null), fc.array(TEXT, { maxLength: 3 }), fc.dictionary(TEXT, TEXT, { maxKeys: 2, noNullPrototype: true }));
const CONFIG = fc.dictionary(TEXT.filter((key) => !key.startsWith('audit-') && key !== 'kube-apiserver-arg' && key !== '__proto__'), VALUE, { maxKeys: 3, noNullPrototype: true });
const ARGS = fc.array(TEXT.map((text) => `x=${ text }`), { minLength: 1, maxLength: 3 });
const CONTROL_PLANE: LabelSelector = { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } };
const SELECTOR = fc.constantFrom<LabelSelector | undefined>(undefined, {}, CONTROL_PLANE, { matchExpressions: [{ key: 'a/b', operator: 'In', values: ['x', '${y}'] }, { key: 'c', operator: 'Exists' }] });
const FILES = fc.array(fc.record({
  machineLabelSelector: SELECTOR,
  fileSources:          fc.array(fc.constantFrom({ secret: { name: 's', defaultPermissions: '0644', items: [{ key: '${k}', path: '/x' }, { key: 'l', path: '/y', dynamic: true, hash: 'abc=' }] } }, { configMap: { name: 'm', items: [] }, secret: { name: '' } }, {}, null), { maxLength: 2 })
}), { maxLength: 2 });
const GIVEN = fc.record({
  version:   fc.constantFrom('v1.34.2+rke2r1', 'v1.34.2+k3s1'),
  config:    fc.tuple(CONFIG, fc.option(ARGS, { nil: undefined })).map(([config, args]) => ({ ...config, ...(args ? { 'kube-apiserver-arg': args } : {}) })),
  selectors: fc.array(fc.record({ config: CONFIG, machineLabelSelector: SELECTOR }), { maxLength: 2 }),
  files:     FILES,
  spec:      fc.constantFrom({}, { defaultPodSecurityAdmissionConfigurationTemplateName: 'rancher-restricted' })
}, { requiredKeys: ['version'] });
const WANTED = fc.record({ state: fc.constant('on' as const), delivery: fc.constantFrom(...DELIVERIES.filter((delivery) => delivery !== 'rke1')), policy: TEXT });
const NO_SOURCES = sourcesOf([]);
const WORDS = (key: string, params?: object): string => `${ key }\n${ JSON.stringify(params ?? {}) }\n`;

/** Changes of random clusters: on, another policy, another delivery, off. */
const samples = fc.sample(fc.tuple(GIVEN, WANTED, fc.oneof(WANTED, fc.constant({ state: 'off' } as const))), { numRuns: RUNS, seed: SEED }).flatMap(([given, first, second]): (readonly [readonly Operation[], WantedSettings])[] => {
  const cluster = clusterOf(given as Given);
  const on = draftAuditSettings(cluster, NO_SOURCES, first).operations;
  const made = on.flatMap((operation) => operation.kind !== 'Cluster' && operation.after ? [operation.after] : []);
  const after = on.find((operation) => operation.kind === 'Cluster')?.after ?? cluster;

  return [[on, first], [draftAuditSettings(after, sourcesOf(made), second).operations, second]];
}).filter(([operations]) => operations.length);

const ask = async (operations: readonly Operation[], wanted: WantedSettings): Promise<Answer> => {
  const files = terraformFiles(operations, wanted.state === 'on' ? wanted.policy : undefined, WORDS);
  const [answer] = await judge.ask<Answer>([{ files: Object.fromEntries(files.map(({ path, content }) => [path, content])) }]);

  return answer ?? { blocks: [], formatted: false, error: 'no answer' };
};

describe('Terraform reads', () => {
  it('the cluster’s lists and the sources as they are planned', async () => {
    expect(samples.length).toBeGreaterThan(RUNS);
    for (const [operations, wanted] of samples) {
      const { blocks, ...answer } = await ask(operations, wanted);

      expect(answer).toEqual({ formatted: true });
      for (const { action, kind, name, after } of operations) {
        const [found] = blocks.filter(({ labels, attributes }) => labels?.[0] === TYPES[kind] && attributes['name'] === name);

        if (kind === 'Cluster') {
          expect(found && clusterOfBlock(found)).toEqual(plain((after).spec?.rkeConfig));
        } else if (action === 'create') {
          expect(found && sourceOfBlock(found)).toEqual(plainSource(after));
        }
      }
    }
  });

  it('what a shared Secret holds besides, and the hash that follows the policy', async () => {
    const cluster = clusterOf({ version: 'v1.34.2+rke2r1', config: { 'kube-apiserver-arg': ['audit-policy-file=/p'] }, files: [{ fileSources: [{ secret: { name: 's', items: [{ key: 'audit-policy', path: '/p', hash: 'old' }] } }] }] });
    const sources = sourcesOf([sourceOf({ name: 's', text: { 'audit-policy': 'old', 'other': '${x}\n' }, authorized: 'demo,b' })]);
    const wanted: WantedSettings = { state: 'on', delivery: 'secret', policy: 'new: ${y}\r\n' };
    const { operations } = draftAuditSettings(cluster, sources, wanted, { adopt: { kind: 'Secret', namespace: 'fleet-default', name: 's', key: 'audit-policy' } });
    const { blocks } = await ask(operations, wanted);

    expect(blocks.map((block) => block.labels?.[0] === 'rancher2_secret_v2' ? block.attributes['data'] : clusterOfBlock(block).machineSelectorFiles)).toEqual([
      [{ fileSources: [{ secret: { name: 's', items: [{ key: 'audit-policy', path: '/p', dynamic: false, hash: fileHash(wanted.policy) }] } }] }],
      { 'audit-policy': wanted.policy, 'other': '${x}\n' }
    ]);
  });

  it('RKE1’s configuration', async () => {
    const cluster = { metadata: { name: 'c-abcde' }, spec: { displayName: '1 “${demo}”', rancherKubernetesEngineConfig: { services: { kubeApi: { extraArgs: { 'audit-log-mode': 'batch', 'v': '2' } } } } } };
    const wanted: WantedSettings = { state: 'on', delivery: 'rke1', policy: '# ${x}\nkind: Policy\n', options: { 'audit-log-maxage': '0', 'audit-log-path': '/var/log/kube-audit/ä', 'audit-log-mode': 'blocking' } };
    const { operations } = draftAuditSettings(cluster, NO_SOURCES, wanted);
    const { blocks: [found], ...answer } = await ask(operations, wanted);
    const kubeApi = found?.blocks[0]?.blocks[0]?.blocks[0];
    expect([answer, found?.attributes]).toEqual([{ formatted: true }, { name: '1 “${demo}”' }]);
    expect(kubeApi?.attributes).toEqual({ extra_args: { 'audit-log-mode': 'blocking', 'v': '2' } });
    expect(kubeApi?.blocks[0]).toMatchObject({ attributes: { enabled: true }, blocks: [{ attributes: { max_age: 0, max_backup: 10, max_size: 100, path: '/var/log/kube-audit/ä', format: 'json', policy: wanted.policy } }] });
  });
});

const TYPES: Readonly<Record<Operation['kind'], string>> = { Cluster: 'rancher2_cluster_v2', Secret: 'rancher2_secret_v2', ConfigMap: 'rancher2_config_map_v2' };

interface Parts { readonly machineGlobalConfig?: object; readonly machineSelectorConfig: readonly object[]; readonly machineSelectorFiles: readonly object[] }

/** The provider's way from blocks to the API. Source: rancher2/structure_cluster_v2_rke_config{,_system_config}.go (expand…). */
function clusterOfBlock({ blocks }: Block): Parts {
  const config = blocks.find(({ type }) => type === 'rke_config');
  const of = (type: string): readonly Block[] => config?.blocks.filter((block) => block.type === type) ?? [];
  const global = config?.attributes['machine_global_config'];

  return {
    ...(typeof global === 'string' ? { machineGlobalConfig: mapOf(global) } : {}),
    machineSelectorConfig: of('machine_selector_config').map((block) => ({ ...selectorOfBlock(block), config: mapOf(String(block.attributes['config'])) })),
    machineSelectorFiles:  of('machine_selector_files').map((block) => ({ ...selectorOfBlock(block), fileSources: block.blocks.filter(({ type }) => type === 'file_sources').map(({ blocks: sources }) => Object.fromEntries(sources.map((source) => [source.type === 'configmap' ? 'configMap' : source.type, objectOfBlock(source)]))) }))
  };
}

function mapOf(yaml: string): Fields {
  return plainValue(treeOf(yaml).root) as Fields;
}

function selectorOfBlock({ blocks }: Block): { readonly machineLabelSelector?: object } {
  const selector = blocks.find(({ type }) => type === 'machine_label_selector');
  const labels = selector?.attributes['match_labels'];
  const expressions = selector?.blocks.map(({ attributes }) => attributes) ?? [];

  return selector ? { machineLabelSelector: { ...(labels ? { matchLabels: labels } : {}), ...(expressions.length ? { matchExpressions: expressions } : {}) } } : {};
}

function objectOfBlock({ attributes: { name, default_permissions: defaultPermissions }, blocks }: Block): object {
  return { name, ...(defaultPermissions === undefined ? {} : { defaultPermissions }), items: blocks.map(({ attributes }) => attributes) };
}

function sourceOfBlock({ attributes: { name, namespace, annotations, labels, data, type } }: Block): object {
  return { name, namespace, annotations, labels, data, ...(type === undefined ? {} : { type }) };
}

/** The same of what is planned: without what says nothing. */
function plain(config: RkeConfig | null | undefined): Parts {
  const object = (source: FileSourceObject | null | undefined): object | undefined => source?.name ? { ...source, items: (source.items ?? []).map((item) => ({ ...item, dynamic: item?.dynamic ?? false })) } : undefined;
  const selector = ({ matchLabels, matchExpressions }: LabelSelector = {}): object => matchLabels || matchExpressions ? { machineLabelSelector: { ...(matchLabels ? { matchLabels } : {}), ...(matchExpressions ? { matchExpressions } : {}) } } : {};

  return {
    ...(config?.machineGlobalConfig ? { machineGlobalConfig: config.machineGlobalConfig } : {}),
    machineSelectorConfig: (config?.machineSelectorConfig ?? []).map((entry) => ({ ...selector(entry?.machineLabelSelector ?? {}), config: entry?.config ?? {} })),
    machineSelectorFiles:  (config?.machineSelectorFiles ?? []).map((entry) => ({
      ...selector(entry?.machineLabelSelector ?? {}),
      fileSources: (entry?.fileSources ?? []).map((source) => Object.fromEntries([['secret', object(source?.secret)], ['configMap', object(source?.configMap)]].filter(([, found]) => found) as [string, object][])).filter((source) => Object.keys(source).length)
    })).filter(({ fileSources }) => fileSources.length)
  };
}

function plainSource(source: SourceObject): object {
  const { name, namespace, annotations, labels } = source.metadata;

  return {
    name,
    namespace,
    annotations,
    labels,
    data:        Object.fromEntries(Object.keys(source.data ?? {}).map((key) => [key, textIn(source, key)])),
    ...(source.type === undefined ? {} : { type: source.type })
  };
}
