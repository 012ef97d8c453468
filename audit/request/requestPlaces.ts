/**
 * The objects and collections that a kind of request can be for: in which namespace, and with which name.
 *
 * Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go (a request for a namespace counts as one in it; list and watch have a name only
 * by a field selector, create of an object and deletecollection have none).
 */
import { requestOf, type RequestAttributes } from './attributes';
import { OTHER, type RequestKind } from './requestKinds';
import type { NamespaceClass } from './requestScopes';

export interface Place {
  /** Index of the class. */
  readonly namespace: number;
  /** OTHER for any that no policy names, and for none. */
  readonly name: string;
  /** The request, but for who sends it. */
  readonly request: RequestAttributes;
}

/** The places of a kind of request with a verb. */
export function placesOf(kind: RequestKind, verb: string, namespaces: readonly NamespaceClass[]): Place[] {
  if (kind.type === 'path') {
    return [{ namespace: 0, name: OTHER, request: requestOf({ verb, path: kind.path }) }];
  }
  const { group: apiGroup, resource, subresource, isNamespaced, names } = kind;
  const isCollection = subresource === '' && (verb === 'list' || verb === 'watch');
  const isUnnamed = subresource === '' && (verb === 'create' || verb === 'deletecollection');
  const ofNames = isUnnamed ? [OTHER] : [OTHER, ...names];
  const place = (index: number, name: string, namespace: string): Place => ({ namespace: index, name, request: requestOf({ verb, apiGroup, resource, subresource, namespace, name: name === OTHER && (isUnnamed || isCollection) ? '' : name }) });

  if (isNamespaced) {
    return namespaces.flatMap(({ namespace }, index) => namespace === '' && !isCollection ? [] : ofNames.map((name) => place(index, name, namespace)));
  }
  if (resource !== 'namespaces' || apiGroup !== '' || isUnnamed || isCollection) {
    return ofNames.map((name) => place(0, name, ''));
  }

  return [...new Set([...ofNames, ...namespaces.map(({ namespace }) => namespace).filter(Boolean)])].map((name) => place(0, name, name));
}
