/** A change in the forms that other tools take. */
import { createPatch, createTests } from 'rfc6902';

import type { Operation } from '../audit/cluster/change';
import { cleaned, manifestOf, unifiedDiff } from '../audit/cluster/manifests';

export type Export = (operations: readonly Operation[]) => string;

const RESOURCES: Readonly<Record<Operation['kind'], string>> = { Cluster: 'clusters.provisioning.cattle.io', ConfigMap: 'configmaps', Secret: 'secrets' };

/** A form of output is one entry here. */
export const EXPORTS: Readonly<Record<string, Export>> = {
  diff:    (operations) => operations.map(unifiedDiff).join(''),
  yaml:    (operations) => operations.filter(({ after }) => after).map(({ after }) => manifestOf(after)).join('---\n'),
  kubectl: (operations) => operations.map(kubectlLines).join('')
};

/**
 * Commands that make the change, and fail where the object is not as it was: lists have no keys to merge by, so that a patch with
 * tests is the only safe way.
 */
function kubectlLines({ action, kind, namespace, name, before, after }: Operation): string {
  const object = `kubectl -n ${ quoted(namespace) }`;

  switch (action) {
    case 'create': return `${ object } create -f - <<'EOF'\n${ manifestOf(after) }EOF\n`;
    case 'delete': return `${ object } delete ${ RESOURCES[kind] } ${ quoted(name) }\n`;
    case 'update': {
      const [old, next] = [cleaned(before), cleaned(after)];
      const patch = createPatch(old, next);

      return `${ object } patch ${ RESOURCES[kind] } ${ quoted(name) } --type json --patch-file /dev/stdin <<'EOF'\n${ JSON.stringify([...createTests(old, patch), ...patch]) }\nEOF\n`;
    }
  }
}

function quoted(text: string): string {
  return `'${ text.replaceAll('\'', '\'\\\'\'') }'`;
}
