/**
 * A finding about a value of the cluster's configuration.
 */
import { fieldName, type Finding, type Path, type Severity } from '../policy/finding';

/** The finding, with the value's field among its parameters. */
export function clusterFinding(code: string, severity: Severity, path: Path, params: Finding['params'] = {}): Finding {
  return { code: `cluster.${ code }`, severity, at: { object: 'cluster', path }, params: { field: fieldName(path), ...params } };
}
