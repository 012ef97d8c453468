/**
 * `kube-apiserver-arg` as the webhook reads and writes it. What it cannot read makes the whole update fail.
 *
 * Source: webhook pkg/resources/provisioning.cattle.io/v1/cluster/mutator.go (since v0.6; the text of the error is
 * this demo's own)
 */
import { removeAt, setAt, valueAt, type JsonObject, type JsonValue } from '../json';
import { Failed } from './webhook';

const PATH = ['spec', 'rkeConfig', 'machineGlobalConfig', 'kube-apiserver-arg'] as const;

/** The arguments of a cluster; a single one may stand there without its list. */
export function apiserverArguments(cluster: JsonObject): JsonValue[] {
  const value = valueAt(cluster, ...PATH);

  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}

/** Writes the arguments; without any, the key goes too. */
export function setApiserverArguments(cluster: JsonObject, values: JsonValue[]): void {
  if (values.length === 0) {
    removeAt(cluster, ...PATH);
  } else {
    setAt(cluster, values, ...PATH);
  }
}

/** Fails where the key is there without an argument that could be read. */
export function checkApiserverArguments(cluster: JsonObject): void {
  const value = valueAt(cluster, ...PATH);
  const readable = value === undefined || typeof value === 'string' || (Array.isArray(value) && value.length > 0);

  if (!readable) {
    throw new Failed(`[provisioning cluster mutator] kube-apiserver-arg has the unexpected value ${ JSON.stringify(value) }`);
  }
}
