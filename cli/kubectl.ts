/**
 * A change as commands for kubectl that stop at the first failure.
 *
 * Lists have no keys to merge by, so that a JSON patch with tests is the only safe way: it fails where the object is not as it was.
 * Source: RFC 6902; Kubernetes' CRDs take no strategic merge patch.
 */
import { createPatch, Pointer, type Operation as PatchOperation } from 'rfc6902';

import type { Operation } from '../audit/cluster/change';
import { cleaned, manifestOf } from '../audit/cluster/manifests';
import { rke1FormOf } from '../audit/cluster/rke1Forms';

const RESOURCES: Readonly<Record<Operation['kind'], string>> = { Cluster: 'clusters.provisioning.cattle.io', ConfigMap: 'configmaps', Secret: 'secrets' };
const RKE1_RESOURCE = 'clusters.management.cattle.io';

/** The lines of a shell; '' where nothing is to be done. */
export function kubectlLines(operations: readonly Operation[]): string {
  return operations.map((operation, index) => {
    const [command, input] = commandOf(operation);

    return `kubectl ${ operation.namespace ? `-n ${ quoted(operation.namespace) } ` : '' }${ command }${ input === undefined ? '' : ' <<\'EOF\'' }${ index < operations.length - 1 ? ' &&' : '' }\n${ input === undefined ? '' : `${ input }EOF\n` }`;
  }).join('');
}

/** The command, and what it reads from its standard input. */
function commandOf(operation: Operation): readonly [command: string, input?: string] {
  const { action, kind, name, before, after } = operation;
  const resource = kind === 'Cluster' && rke1FormOf(operation.after) ? RKE1_RESOURCE : RESOURCES[kind];

  switch (action) {
    case 'create': return ['create -f -', manifestOf(after)];
    case 'delete': return [`delete ${ resource } ${ quoted(name) }`];
    case 'update': return [`patch ${ resource } ${ quoted(name) } --type json --patch-file /dev/stdin`, `${ JSON.stringify(patchOf(before, after)) }\n`];
  }
}

/** The patch from one object to the other, with tests of all that it relies on first. */
export function patchOf(before: object, after: object): PatchOperation[] {
  const patch = createPatch(cleaned(before), cleaned(after));
  const guards = [...new Set(patch.map(({ path }) => guardOf(before, path)))];

  return [...guards.filter((guard) => !guards.some((other) => other !== guard && guard.startsWith(`${ other }/`))).flatMap((guard) => testOf(before, guard)), ...patch];
}

/** The value that has to be as it was: the whole list where it is about an item of one, and the parent where something is new. */
function guardOf(before: object, path: string): string {
  const steps = path.split('/');
  const parents = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  const list = parents.slice(0, -1).find((parent) => Array.isArray(valueIn(before, parent)));

  return list ?? (valueIn(before, path) === undefined ? parents.at(-2) ?? '' : path);
}

/** The server adds to what stands at the top and in `metadata`: there its own mark of a change is tested, where it is known. */
function testOf(before: object, guard: string): PatchOperation[] {
  const path = guard === '' || guard === '/metadata' ? '/metadata/resourceVersion' : guard;
  const value = valueIn(before, path);

  return value === undefined ? [] : [{ op: 'test', path, value }];
}

function valueIn(object: object, path: string): unknown {
  return Pointer.fromJSON(path).evaluate(object).value;
}

function quoted(text: string): string {
  return `'${ text.replaceAll('\'', '\'\\\'\'') }'`;
}
