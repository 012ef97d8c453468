/** What answers for others in our tests, built from Go modules: kube-apiserver's evaluator of each release, the reader of Terraform's files, and whole servers. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { hashOf, hashOfPaths } from '../../demo/steps/fingerprint';
import { ROOT } from '../../demo/steps/places';
import { SetUpError, type Run, type Step } from '../../demo/steps/step';

export const RELEASES = ['v0.36', 'v0.35', 'v0.28'] as const;
/** Of k8s.io/apiserver; Kubernetes' own minor version is the same. */
export type KubernetesRelease = typeof RELEASES[number];

/** As its go.mod files ask for. */
export const OLDEST_GO = '1.26';

const SOURCE = join(ROOT, 'tests/conformance/evaluator');
const TERRAFORM_SOURCE = join(ROOT, 'tests/conformance/terraform');
const SERVERS_SOURCE = join(ROOT, 'tests/conformance/servers');
const BUILT = join(ROOT, '.cache/judges');

export const JUDGES: Step = {
  name:    'judges',
  title:   'evaluators of kube-apiserver (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([SOURCE]) ?? '', process.arch),
  outputs: () => hashOfPaths(RELEASES.map(judgePath)),
  make:    async (run) => {
    for (const release of RELEASES) {
      await build(run, SOURCE, judgePath(release), `-modfile=${ release }.mod`);
    }
  }
};

export const TERRAFORM_READER: Step = {
  name:    'terraform-reader',
  title:   'reader of Terraform’s files (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([TERRAFORM_SOURCE]) ?? '', process.arch),
  outputs: () => hashOfPaths([judgePath('terraform')]),
  make:    (run) => build(run, TERRAFORM_SOURCE, judgePath('terraform'))
};

/** As its go.mod has it: unless a build says so, a kube-apiserver doesn't know which version it is. */
export const SERVERS_KUBERNETES = 'v1.36.3';

export const SERVERS: Step = {
  name:    'servers',
  title:   'etcd, kube-apiserver and Steve (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([SERVERS_SOURCE]) ?? '', process.arch),
  outputs: () => hashOfPaths([judgePath('servers')]),
  make:    (run) => build(run, SERVERS_SOURCE, judgePath('servers'), `-ldflags=-s -w -X k8s.io/component-base/version.gitVersion=${ SERVERS_KUBERNETES }`)
};

/** The program that answers for a release of Kubernetes, for Terraform, or with whole servers. */
export function judgePath(judge: KubernetesRelease | 'terraform' | 'servers'): string {
  return join(BUILT, (RELEASES as readonly string[]).includes(judge) ? `evaluator-${ judge }` : judge);
}

/** Whether Go is on this machine, and new enough. */
export function hasGo(): boolean {
  const [major = 0, minor = 0] = /go version go(\d+)\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.slice(1).map(Number) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_GO.split('.').map(Number);

  return major > oldestMajor || major === oldestMajor && minor >= oldestMinor;
}

function build(run: Run, folder: string, output: string, ...options: string[]): Promise<void> {
  if (!hasGo()) {
    throw new SetUpError(`there is no Go ${ OLDEST_GO } or newer: install it`);
  }

  return run(['go', 'build', '-trimpath', ...options, '-o', output, '.'], { cwd: folder, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', GOWORK: 'off' } });
}
