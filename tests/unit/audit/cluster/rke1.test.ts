// RKE1: what its clusters say, and what a plan makes of them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clusterAfter, draftAuditSettings, readAuditSettings, sourcesAfter } from '../../../../audit/cluster/distributions';
import { settingsFromRke1 } from '../../../../audit/cluster/fromRke1';
import type { RancherCluster } from '../../../../audit/cluster/rancherCluster';
import type { AuditSettings, Delivery, WantedSettings } from '../../../../audit/cluster/settings';
import { sourcesOf } from '../../../../audit/cluster/sources';
import { fieldName, type Finding } from '../../../../audit/policy/finding';
import { casesOf } from '../../tables';
import { clusterOf, type Given } from './given';

interface Case {
  readonly form?: keyof typeof FORMS;
  readonly kubeApi: object;
  readonly settings: AuditSettings;
  readonly flags?: Readonly<Record<string, string>>;
  readonly findings: string[];
  readonly wanted?: WantedSettings;
  readonly expect?: object | 'same';
  readonly planFindings?: string[];
}

const FORMS = {
  api:    (kubeApi: object): object => ({ metadata: { name: 'c-abcde' }, spec: { displayName: 'demo', rancherKubernetesEngineConfig: { kubernetesVersion: 'v1.31.8-rancher1-1', services: { etcd: {}, kubeApi, kubelet: {} } } } }),
  norman: (kubeApi: object): object => ({ id: 'c-abcde', name: 'demo', rancherKubernetesEngineConfig: { kubernetesVersion: 'v1.31.8-rancher1-1', services: { kubeApi } } }),
  yaml:   (kubeApi: object): object => ({ rancher_kubernetes_engine_config: { kubernetes_version: 'v1.31.8-rancher1-1', services: { 'kube-api': kubeApi } } })
};
const NO_SOURCES = sourcesOf([]);

const said = (findings: readonly Finding[]): string[] => findings.map(({ severity, code, at }) => `${ severity } ${ code } ${ fieldName(at.path) }`.trimEnd());
const withoutRetention = (findings: readonly string[]): string[] => findings.filter((finding) => !finding.includes('logGrows'));

function isPlannable(settings: AuditSettings): settings is Extract<AuditSettings, WantedSettings> {
  return settings.state === 'on' || settings.state === 'off';
}

interface SuccessionCase {
  readonly kubeApi: object;
  /** The new cluster, where it is another than an RKE2 cluster with nothing in it, and how the policy gets there. */
  readonly next?: Partial<Given>;
  readonly delivery?: Delivery;
  readonly wanted?: WantedSettings;
  /** What the new kube-apiserver runs with. */
  readonly flags?: Readonly<Record<string, string>>;
  readonly findings: string[];
}

describe('RKE1 to another distribution', () => {
  it.each(casesOf<SuccessionCase>('cluster/from-rke1'))('$name', ({ kubeApi, next, delivery = 'inline', wanted, flags, findings }) => {
    const cluster = clusterOf({ version: 'v1.34.2+rke2r1', ...next });
    const successor = { cluster, sources: NO_SOURCES, delivery };
    const converted = settingsFromRke1(FORMS.api(kubeApi), successor);
    const { wanted: plain } = settingsFromRke1(FORMS.yaml(inYaml(kubeApi)), successor);

    expect(converted.wanted).toEqual(wanted);
    expect(said(converted.findings)).toEqual(findings);
    expect(plain).toEqual(wanted);
    if (converted.wanted) {
      const { operations } = draftAuditSettings(cluster, NO_SOURCES, converted.wanted);
      const reading = readAuditSettings(clusterAfter(cluster, operations), sourcesAfter(NO_SOURCES, operations));

      expect(reading.settings).toEqual(wanted);
      expect(Object.fromEntries(reading.flags.filter(({ name }) => flags?.[name] !== undefined).map(({ name, value }) => [name, value]))).toEqual(flags ?? {});
    }
  });
});

/** The same in the names of RKE's YAML. */
function inYaml(value: unknown): object {
  const renamed = (key: string): string => key === 'policy' ? key : key.replace(/[A-Z]/g, (letter) => `_${ letter.toLowerCase() }`);
  const walk = (inner: unknown): unknown => typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).map(([key, child]) => [renamed(key), walk(child)])) : inner;

  return walk(value) as object;
}

describe('RKE1', () => {
  it.each(casesOf<Case>('cluster/rke1'))('$name', ({ form = 'api', kubeApi, settings, flags, findings, wanted, expect: expected, planFindings = [] }) => {
    const cluster = FORMS[form](kubeApi) as RancherCluster;
    const reading = readAuditSettings(cluster, NO_SOURCES);

    expect(reading.settings).toEqual(settings);
    expect(withoutRetention(said(reading.findings))).toEqual(findings);
    expect(Object.fromEntries(reading.flags.filter(({ name }) => flags?.[name] !== undefined).map(({ name, value, from }) => [name, `${ value } by ${ from }`]))).toEqual(flags ?? {});
    expect(isPlannable(settings) ? draftAuditSettings(cluster, NO_SOURCES, settings).operations : []).toEqual([]);

    if (wanted) {
      const draft = draftAuditSettings(cluster, NO_SOURCES, wanted);
      const after = clusterAfter(cluster, draft.operations);

      // As text, because the order of keys counts.
      expect(JSON.stringify(after)).toBe(JSON.stringify(expected === 'same' ? cluster : FORMS[form](expected ?? {})));
      expect(said(draft.findings)).toEqual(planFindings);
      expect(draftAuditSettings(after, NO_SOURCES, wanted).operations).toEqual([]);
    }
  });

  const VALUES = { 'audit-log-maxage': ['0', '7'], 'audit-log-maxbackup': ['3'], 'audit-log-maxsize': ['110'], 'audit-log-path': ['', '/var/log/kube-audit/x'], 'audit-log-format': ['json'] } as const;
  const WANTED = fc.record({
    state:    fc.constant('on' as const),
    delivery: fc.constant('rke1' as const),
    policy:   fc.constantFrom('kind: Policy\n', 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n'),
    options:  fc.record({ ...Object.fromEntries(Object.entries(VALUES).map(([name, values]) => [name, fc.constantFrom<string>(...values)])), 'audit-log-compress': fc.constantFrom('true', 'false') })
  });
  const CLUSTERS = fc.record({ form: fc.constantFrom('api' as const, 'norman' as const), auditLog: fc.constantFrom(undefined, null, { enabled: false }, { enabled: true }, { enabled: true, configuration: { maxAge: 1 } }), extraArgs: fc.constantFrom(undefined, { 'event-ttl': '2h', 'audit-log-mode': 'batch' }) })
    .map(({ form, auditLog, extraArgs }) => FORMS[form]({ ...(auditLog === undefined ? {} : { auditLog }), ...(extraArgs ? { extraArgs } : {}) }) as RancherCluster);

  it('reads again what was planned, and has nothing more to do', () => fc.assert(fc.property(CLUSTERS, WANTED, (cluster, wanted) => {
    const after = clusterAfter(cluster, draftAuditSettings(cluster, NO_SOURCES, wanted).operations);

    expect(readAuditSettings(after, NO_SOURCES).settings).toEqual(wanted);
    expect(draftAuditSettings(after, NO_SOURCES, wanted).operations).toEqual([]);
    expect(readAuditSettings(clusterAfter(after, draftAuditSettings(after, NO_SOURCES, { state: 'off' }).operations), NO_SOURCES).settings).toEqual({ state: 'off' });
  }), { numRuns: 500, seed: 1 }));
});
