/** What answers for others in our tests, built from Go modules: kube-apiserver's evaluator of each release, and the reader of Terraform's files. */
import { join } from 'node:path';

import { hashOf, hashOfPaths } from '../../demo/steps/fingerprint';
import { buildGo } from '../../demo/steps/go';
import { ROOT } from '../../demo/steps/places';
import type { Step } from '../../demo/steps/step';

export const RELEASES = ['v0.36', 'v0.35', 'v0.28'] as const;
/** Of k8s.io/apiserver; Kubernetes' own minor version is the same. */
export type KubernetesRelease = typeof RELEASES[number];

const SOURCE = join(ROOT, 'tests/conformance/evaluator');
const TERRAFORM_SOURCE = join(ROOT, 'tests/conformance/terraform');
const BUILT = join(ROOT, '.cache/judges');

export const JUDGES: Step = {
  name:    'judges',
  title:   'evaluators of kube-apiserver (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([SOURCE]) ?? '', process.arch),
  outputs: () => hashOfPaths(RELEASES.map(judgePath)),
  make:    async (run) => {
    for (const release of RELEASES) {
      await buildGo(run, SOURCE, judgePath(release), `-modfile=${ release }.mod`);
    }
  }
};

export const TERRAFORM_READER: Step = {
  name:    'terraform-reader',
  title:   'reader of Terraform’s files (Go)',
  doing:   'building',
  inputs:  () => hashOf(hashOfPaths([TERRAFORM_SOURCE]) ?? '', process.arch),
  outputs: () => hashOfPaths([judgePath('terraform')]),
  make:    (run) => buildGo(run, TERRAFORM_SOURCE, judgePath('terraform'))
};

/** The program that answers for a release of Kubernetes, or for Terraform. */
export function judgePath(judge: KubernetesRelease | 'terraform'): string {
  return join(BUILT, judge === 'terraform' ? judge : `evaluator-${ judge }`);
}
