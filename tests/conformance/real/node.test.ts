// What RKE2 and K3s make of a plan, and RKE1 of a cluster, as they document it; nothing is started.
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../demo/rancher/json';
import { casesOf } from '../../unit/tables';
import { nodeOf, RKE2_DEFAULT_POLICY } from './node';
import { RKE1_POLICY_FILE, rke1NodeOf } from './rke1Node';

interface NodeCase { readonly version: string; readonly config: JsonObject; readonly dataDirectory?: string; readonly files?: readonly string[]; readonly args: readonly string[]; readonly written?: readonly string[] }
/** `policy` is the one in RKE1's file, where there is one. */
interface Rke1Case { readonly kubeApi?: JsonObject; readonly yaml?: JsonObject; readonly args: readonly string[]; readonly policy?: JsonObject }

describe('on a node', () => {
  it.each(casesOf<NodeCase>('real/node'))('$name', ({ version, config, dataDirectory, files = [], args, written = [] }) => {
    const cluster = { spec: { kubernetesVersion: version, rkeConfig: dataDirectory === undefined ? {} : { dataDirectories: { k8sDistro: dataDirectory } } } };
    const node = nodeOf(cluster, { config, files: files.map((path) => ({ path, content: 'planned', permissions: '', dynamic: false })) });

    expect(node.args).toEqual(args);
    expect(node.files).toEqual(Object.fromEntries([...files.map((path) => [path, 'planned']), ...written.map((path) => [path, RKE2_DEFAULT_POLICY])]));
  });

  it.each(casesOf<Rke1Case>('real/rke1-node'))('of RKE1, $name', ({ kubeApi, yaml, args, policy }) => {
    const node = rke1NodeOf({ ...kubeApi ? { spec: { rancherKubernetesEngineConfig: { services: { kubeApi } } } } : {}, ...yaml ? { rancher_kubernetes_engine_config: { services: { 'kube-api': yaml } } } : {} });

    expect(node.args).toEqual(args);
    expect(Object.entries(node.files).map(([path, text]) => [path, load(text)])).toEqual(policy ? [[RKE1_POLICY_FILE, policy]] : []);
  });
});
