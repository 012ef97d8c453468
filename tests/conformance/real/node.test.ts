// What RKE2 and K3s make of a plan, as they document it; nothing is started.
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../../../demo/rancher/json';
import { casesOf } from '../../unit/tables';
import { nodeOf, RKE2_DEFAULT_POLICY } from './node';

interface NodeCase { readonly version: string; readonly config: JsonObject; readonly dataDirectory?: string; readonly files?: readonly string[]; readonly args: readonly string[]; readonly written?: readonly string[] }

describe('on a node', () => {
  it.each(casesOf<NodeCase>('real/node'))('$name', ({ version, config, dataDirectory, files = [], args, written = [] }) => {
    const cluster = { spec: { kubernetesVersion: version, rkeConfig: dataDirectory === undefined ? {} : { dataDirectories: { k8sDistro: dataDirectory } } } };
    const node = nodeOf(cluster, { config, files: files.map((path) => ({ path, content: 'planned', permissions: '', dynamic: false })) });

    expect(node.args).toEqual(args);
    expect(node.files).toEqual(Object.fromEntries([...files.map((path) => [path, 'planned']), ...written.map((path) => [path, RKE2_DEFAULT_POLICY])]));
  });
});
