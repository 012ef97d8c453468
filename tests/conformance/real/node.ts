/**
 * What a server node makes of its plan: the audit arguments of its kube-apiserver, and the files on its disk.
 *
 * Restated from rke2 pkg/executor/staticpod/staticpod.go (APIServer), pkg/podtemplate/utils.go (WriteDefaultPolicyFile) and k3s
 * pkg/util/args.go (GetArgs).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { dataDirectoryOf, runtimeOf } from '../../../demo/rancher/planner/config';
import type { JsonObject, JsonValue } from '../../../demo/rancher/json';
import type { MachinePlan } from '../../../demo/rancher/planner/plan';

export interface Node {
  readonly args: readonly string[];
  /** By their paths. */
  readonly files: Readonly<Record<string, string>>;
}

const CIS_POLICY_FILE = '/etc/rancher/rke2/audit-policy.yaml';
/** What RKE2 writes where the policy file that it is told of is not there: the scan passes, and nothing is logged. */
export const RKE2_DEFAULT_POLICY = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nmetadata:\n  creationTimestamp: null\nrules:\n- level: None\n';
/** Flags whose value is a path on the node. */
const PATHS = /^(--audit-(?:policy-file|log-path|webhook-config-file)=)(\/.*)$/s;

/** The node of a machine of a cluster. */
export function nodeOf(cluster: JsonObject, { config, files }: Pick<MachinePlan, 'config' | 'files'>): Node {
  const own = sortedArgs(textsOf(config['kube-apiserver-arg']));
  const written = Object.fromEntries(files.map(({ path, content }) => [path, content]));

  return runtimeOf(cluster) === 'rke2' ? rke2Node(cluster, config, own, written) : { args: own, files: written };
}

function rke2Node(cluster: JsonObject, config: JsonObject, own: readonly string[], files: Node['files']): Node {
  const isCis = /^cis(?:-|$)/.test(String(config['profile'] ?? ''));
  const policy = typeof config['audit-policy-file'] === 'string' ? config['audit-policy-file'] : isCis ? CIS_POLICY_FILE : '';
  const hasLog = own.some((arg) => /^--audit-log-path=./s.test(arg));

  return policy === ''
    ? { args: own, files }
    : {
      args:  [`--audit-policy-file=${ policy }`, '--audit-log-maxage=30', '--audit-log-maxbackup=10', '--audit-log-maxsize=100', ...(hasLog ? [] : [`--audit-log-path=${ dataDirectoryOf(cluster) }/server/logs/audit.log`]), ...own],
      files: { [policy]: RKE2_DEFAULT_POLICY, ...files }
    };
}

/** Each flag's values in their order, the flags by their names. */
export function sortedArgs(items: readonly string[]): string[] {
  const values = new Map<string, string[]>();

  for (const item of items) {
    const [, key = '', value = 'true'] = /^(?:--)?([^=]*)(?:=(.*))?$/s.exec(item) ?? [];
    const name = key.replace(/[-+]+$/, '');
    const others = values.get(name) ?? [];

    values.set(name, key.endsWith('-') ? [value, ...others] : [...others, value]);
  }

  return [...values].sort(([left], [right]) => left < right ? -1 : 1).flatMap(([name, all]) => all.map((value) => `--${ name }=${ value }`));
}

/** Puts a node's files under a folder, and gives the arguments that find them there. */
export function placed({ args, files }: Node, folder: string): string[] {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }

  return args.map((arg) => arg.replace(PATHS, (_, flag: string, path: string) => flag + join(folder, path)));
}

/** The last value of a flag among arguments. */
export function valueOf(args: readonly string[], flag: string): string | undefined {
  return args.findLast((arg) => arg.startsWith(`--${ flag }=`))?.slice(flag.length + 3);
}

/** The texts of a list; one alone is a list of one. */
export function textsOf(value: JsonValue | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => typeof item === 'string');
}
