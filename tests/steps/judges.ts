/** The real evaluator of kube-apiserver, built from its Go module for each release that we compare with. */
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
const BUILT = join(ROOT, '.cache/judges');

export const JUDGES: Step = {
  name:    'judges',
  title:   'evaluators of kube-apiserver (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([SOURCE]) ?? '', process.arch),
  outputs: () => hashOfPaths(RELEASES.map(judgePath)),
  make:    async (run) => {
    if (!hasGo()) {
      throw new SetUpError(`there is no Go ${ OLDEST_GO } or newer: install it`);
    }
    for (const release of RELEASES) {
      await build(run, release);
    }
  }
};

export function judgePath(release: KubernetesRelease): string {
  return join(BUILT, `evaluator-${ release }`);
}

/** Whether Go is on this machine, and new enough. */
export function hasGo(): boolean {
  const [major = 0, minor = 0] = /go version go(\d+)\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.slice(1).map(Number) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_GO.split('.').map(Number);

  return major > oldestMajor || major === oldestMajor && minor >= oldestMinor;
}

function build(run: Run, release: KubernetesRelease): Promise<void> {
  return run(['go', 'build', '-trimpath', `-modfile=${ release }.mod`, '-o', judgePath(release), '.'], { cwd: SOURCE, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', GOWORK: 'off' } });
}
