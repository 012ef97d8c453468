/** The step that builds etcd, kube-apiserver and Steve as one program. */
import { join } from 'node:path';

import { hashOf, hashOfPaths } from './fingerprint';
import { buildGo } from './go';
import { CACHE, ROOT } from './places';
import type { Step } from './step';

/** As its go.mod has it: unless a build says so, a kube-apiserver doesn't know which version it is. */
export const SERVERS_KUBERNETES = 'v1.36.3';

export const SERVERS_PROGRAM = join(CACHE, 'judges/servers');

const SOURCE = join(ROOT, 'tests/conformance/servers');

export const SERVERS: Step = {
  name:    'servers',
  title:   'etcd, kube-apiserver and Steve (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([SOURCE]) ?? '', SERVERS_KUBERNETES, process.arch),
  outputs: () => hashOfPaths([SERVERS_PROGRAM]),
  make:    (run) => buildGo(run, SOURCE, SERVERS_PROGRAM, `-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=${ SERVERS_KUBERNETES }`)
};
