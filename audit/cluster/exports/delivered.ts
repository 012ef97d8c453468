/**
 * An object as it belongs into Git or into another tool's configuration: without what servers, controllers and the tools that applied it
 * so far have written.
 */
import { cleaned } from '../manifests';
import { isFields, type Fields } from '../rke1Forms';
import type { Operation } from '../change';

const API_VERSIONS: Readonly<Record<Operation['kind'], string>> = { Cluster: 'provisioning.cattle.io/v1', ConfigMap: 'v1', Secret: 'v1' };

/** Of `metadata`: a finalizer that comes back would keep an object from being deleted. */
const CONTROLLERS_FIELDS = ['deletionGracePeriodSeconds', 'deletionTimestamp', 'finalizers', 'generateName', 'ownerReferences', 'selfLink'];
/** Annotations and labels by which kubectl, Helm and Fleet know what they applied. */
const MARKS = /^(?:kubectl\.kubernetes\.io\/last-applied-configuration$|meta\.helm\.sh\/|objectset\.rio\.cattle\.io\/|app\.kubernetes\.io\/managed-by$)/;

/** The object of a kind, whole but for those. */
export function deliveredObject(kind: Operation['kind'], object: object): Fields {
  const { apiVersion, kind: _, metadata, ...rest } = cleaned(object) as Fields;
  const fields = Object.entries(isFields(metadata) ? metadata : {}).filter(([key]) => !CONTROLLERS_FIELDS.includes(key));
  const kept = fields.map(([key, value]) => [key, key === 'annotations' || key === 'labels' ? withoutMarks(value) : value] as const);

  return { apiVersion: apiVersion ?? API_VERSIONS[kind], kind, metadata: Object.fromEntries(kept.filter(([, value]) => value !== undefined)), ...rest };
}

/** Annotations or labels without the marks of a tool that applied them; undefined where none is left. */
export function withoutMarks(values: unknown): Fields | undefined {
  const kept = Object.entries(isFields(values) ? values : {}).filter(([key]) => !MARKS.test(key));

  return kept.length ? Object.fromEntries(kept) : undefined;
}
