/**
 * A finding about a value of the cluster's configuration, or of an object that its files come from.
 */
import { fieldName, type Finding, type Path, type Severity } from '../policy/finding';
import type { SourceRef } from './sources';

/** The finding, with the value's field among its parameters. */
export function clusterFinding(code: string, severity: Severity, path: Path, params: Finding['params'] = {}): Finding {
  return { code: `cluster.${ code }`, severity, at: { object: 'cluster', path }, params: { field: fieldName(path), ...params } };
}

/** The finding, with the kind and the name of the object among its parameters. */
export function sourceFinding(code: string, severity: Severity, { kind, namespace, name }: SourceRef, path: Path, params: Finding['params'] = {}): Finding {
  return { code: `source.${ code }`, severity, at: { object: 'source', path }, params: { kind, name, namespace, field: fieldName(path), ...params } };
}
