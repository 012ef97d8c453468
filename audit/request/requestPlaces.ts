/**
 * The objects and collections that a kind of request can be for: in which namespace, and with which name.
 *
 * Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go (a request for a namespace counts as one in it; list and watch have a name only
 * by a field selector, create of an object and deletecollection have none).
 */
import { requestOf, type RequestAttributes } from './attributes';
import { isOfNamespaces, type NameClass } from './objectNames';
import { OTHER, type RequestKind } from './requestKinds';
import type { NamespaceClass } from './requestScopes';

export interface Place {
  /** Index of the class. */
  readonly namespace: number;
  /** Of the object that is asked for, and of those that are decided alike; OTHER for any that no policy names, and for none. */
  readonly names: NameClass;
  /** The request, but for who sends it. */
  readonly request: RequestAttributes;
}

/** The places of a kind of request with a verb. */
export function placesOf(kind: RequestKind, verb: string, namespaces: readonly NamespaceClass[]): Place[] {
  if (kind.type === 'path') {
    return [{ namespace: 0, names: [OTHER], request: requestOf({ verb, path: kind.path }) }];
  }
  const { group: apiGroup, resource, subresource, isNamespaced, names } = kind;
  const isCollection = subresource === '' && (verb === 'list' || verb === 'watch');
  const isUnnamed = subresource === '' && (verb === 'create' || verb === 'deletecollection');
  const isNamespace = isOfNamespaces(kind) && !isCollection && !isUnnamed;
  const ofNames: readonly NameClass[] = isUnnamed ? [[OTHER]] : [[OTHER], ...names];
  const place = (index: number, alike: NameClass, namespace: string): Place => {
    const [name = OTHER] = alike;

    return { namespace: index, names: alike, request: requestOf({ verb, apiGroup, resource, subresource, namespace: isNamespace ? name : namespace, name: name === OTHER && (isUnnamed || isCollection) ? '' : name }) };
  };

  return isNamespaced
    ? namespaces.flatMap(({ namespace }, index) => namespace === '' && !isCollection ? [] : ofNames.map((alike) => place(index, alike, namespace)))
    : ofNames.map((alike) => place(0, alike, ''));
}
