/**
 * Operations as manifests that people read: the YAML before and after, and what differs.
 *
 * js-yaml writes what we print, as the dashboard's own YAML views do.
 */
import { formatPatch, structuredPatch } from 'diff';
import { dump } from 'js-yaml';

import type { Operation } from './change';

/** Unchanged lines around a change. */
export const CONTEXT = 3;
/** What the server writes and nobody reviews. */
const NOISE = ['managedFields', 'resourceVersion', 'uid', 'generation', 'creationTimestamp', 'fields', 'relationships', 'state'];

/** An object's manifest as YAML; '' for none. */
export function manifestOf(object: object | null): string {
  return object ? dump(cleaned(object), { lineWidth: -1, noRefs: true, skipInvalid: true }) : '';
}

/** The object without what the server adds. */
export function cleaned(object: object): object {
  const { apiVersion, kind, metadata, status: _, ...rest } = object as { readonly apiVersion?: string; readonly kind?: string; readonly metadata?: Readonly<Record<string, unknown>>; readonly status?: unknown };

  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
    ...(metadata ? { metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !NOISE.includes(key))) } : {}),
    ...rest
  };
}

/** A patch in the format of `diff -u`. */
export function unifiedDiff({ kind, namespace, name, before, after }: Operation): string {
  const file = [kind, namespace, name].filter(Boolean).join('/');

  return formatPatch(structuredPatch(before ? `a/${ file }` : '/dev/null', after ? `b/${ file }` : '/dev/null', manifestOf(before), manifestOf(after), undefined, undefined, { context: CONTEXT }));
}
