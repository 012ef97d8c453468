/**
 * Commands of kubectl that work in a pod, which may be named by what runs it: `logs deploy/web`.
 *
 * Since 1.31 kubectl opens a WebSocket, which is a GET; an older one, and one behind a proxy without WebSockets, sends a POST.
 * Source: k8s.io/kubectl/pkg/cmd (exec, attach, portforward, logs, cp, debug) and pkg/polymorphichelpers, v0.36.
 */
import type { KubectlCommand, Wanted } from './kubectlCommands';
import { isOn, refused, type KubectlLine } from './kubectlLine';
import { builtIn, requestFor, targetsOf, type KubectlRequest, type Target } from './kubectlTargets';

/** A command that opens a subresource of one pod; the first of the verbs is the usual one. */
export function onPod(subresource: string, verbs: readonly string[]): KubectlCommand {
  return (line) => {
    const [word] = line.words;

    if (word === undefined && line.flags.has('selector')) {
      return opened(line, builtIn('', 'pods'), subresource, verbs);
    }
    const targets = targetsOf(line, word === undefined || word.includes('/') ? line.words.slice(0, 1) : ['pods', word]);

    return 'code' in targets ? targets : targets.flatMap((target) => opened(line, target, subresource, verbs));
  };
}

/** `cp [NAMESPACE/]POD:PATH PATH`, or the other way round: runs tar in the pod. */
export function copy(line: KubectlLine): Wanted {
  const [, namespace, pod] = /^(?:([^/:]*)\/)?([^/:]+):/.exec(line.words.find((word) => word.includes(':')) ?? '') ?? [];
  const flags = namespace === undefined ? line.flags : new Map([...line.flags, ['namespace', namespace]]);

  return pod === undefined ? refused('noTarget', { command: line.command }) : onPod('exec', ['get', 'create'])({ ...line, flags, words: [pod] });
}

/** Adds a container to a pod, or makes a pod: a copy, or one on a node. */
export function debug(line: KubectlLine): Wanted {
  const [word = ''] = line.words;
  const targets = targetsOf(line, word === '' || word.includes('/') ? line.words.slice(0, 1) : ['pods', word]);
  const attaches = isOn(line, 'stdin', 'attach');

  return 'code' in targets ? targets : targets.flatMap((target) => {
    const isNew = target.resource === 'nodes' || line.flags.has('copy-to');
    const pod = isNew ? builtIn('', 'pods') : target;
    const change = isNew ? requestFor(line, pod, 'create') : requestFor(line, pod, 'patch', { subresource: 'ephemeralcontainers' });

    return [change, requestFor(line, target, 'get'), ...attaches ? [requestFor(line, pod, 'get', { subresource: 'attach' })] : []];
  });
}

function opened(line: KubectlLine, target: Target, subresource: string, verbs: readonly string[]): KubectlRequest[] {
  const isPod = target.group === '' && target.resource === 'pods';
  const pod = isPod ? target : builtIn('', 'pods');
  const read = target.name ? [requestFor(line, target, 'get')] : [];
  const found = pod.name ? [] : [requestFor(line, pod, 'list')];

  return [...verbs.map((verb) => requestFor(line, pod, verb, { subresource })), ...read, ...found];
}
