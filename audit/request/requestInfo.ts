/**
 * A request's attributes from its HTTP method and URL.
 *
 * Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go and pkg/endpoints/filters/authorization.go.
 */
import type { RequestAttributes } from './attributes';
import { nameSelectedBy } from './fieldSelector';
import { isInteger } from './integer';
import { isLabelSelector } from './labelSelector';
import { readRequestUri, type RequestUri } from './requestUri';

/** Who sends a request; without a name, authentication failed. */
export type Identity = Pick<RequestAttributes, 'user' | 'groups'>;

const VERB_OF_METHOD: ReadonlyMap<string, string> = new Map([['POST', 'create'], ['GET', 'get'], ['HEAD', 'get'], ['PUT', 'update'], ['PATCH', 'patch'], ['DELETE', 'delete']]);
/** Old forms of the path: `/api/v1/watch/pods`. */
const SPECIAL_VERBS = ['proxy', 'watch'];
const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

/**
 * The attributes of a request.
 * @param method as it is sent: methods are told apart by case
 * @param url a path with its query, or a whole URL. One that kube-apiserver answers with 400 (isServed says so) gives a request
 * for a path, with the text as it stands
 */
export function requestOfHttp(method: string, url: string, identity: Identity): RequestAttributes {
  const { path, parameters } = readRequestUri(url) ?? { path: url, parameters: new Map<string, string>() };
  const [prefix = '', ...parts] = partsOf(path);
  const nonResource = { ...identity, verb: method.toLowerCase(), resourceRequest: false, apiGroup: '', resource: '', subresource: '', namespace: '', name: '', path };

  if (!isResourcePath(prefix, parts)) {
    return nonResource;
  }
  const apiGroup = prefix === 'api' ? '' : parts[0] ?? '';
  const rest = parts.slice(prefix === 'api' ? 1 : 2);

  if (endsInSpecialVerb(rest)) {
    return { ...nonResource, resourceRequest: true, apiGroup };
  }
  const isSpecial = SPECIAL_VERBS.includes(rest[0] ?? '');
  const verb = isSpecial ? rest[0] ?? '' : VERB_OF_METHOD.get(method) ?? '';
  const target = targetOf(isSpecial ? rest.slice(1) : rest, verb);

  return { ...nonResource, resourceRequest: true, apiGroup, ...target, ...(target.name ? { verb } : withoutName(verb, parameters)) };
}

/**
 * Whether kube-apiserver takes a URL so far that its audit policy is asked. It answers 400 to one that it can't decode, and 500 to an
 * old form of the path that ends after its verb; neither is logged.
 */
export function isServed(url: string): boolean {
  const uri = readRequestUri(url);
  const [prefix = '', ...parts] = partsOf(uri?.path ?? '');

  return uri !== undefined && !(isResourcePath(prefix, parts) && endsInSpecialVerb(parts.slice(prefix === 'api' ? 1 : 2)));
}

/** Parts between the slashes; those around the path don't count. */
function partsOf(path: string): string[] {
  const parts = path.split('/');
  const last = parts.findLastIndex((part) => part !== '');

  return last < 0 ? [] : parts.slice(parts.findIndex((part) => part !== ''), last + 1);
}

/** Shorter paths are documents of the API itself, such as `/apis/apps/v1`. */
function isResourcePath(prefix: string, parts: readonly string[]): boolean {
  return (prefix === 'api' && parts.length >= 2) || (prefix === 'apis' && parts.length >= 3);
}

function endsInSpecialVerb(parts: readonly string[]): boolean {
  return parts.length === 1 && SPECIAL_VERBS.includes(parts[0] ?? '');
}

/** Parts after the version: `namespaces/<namespace>/<resource>/<name>/<subresource>`, or without the first two. */
function targetOf(parts: readonly string[], verb: string): Pick<RequestAttributes, 'namespace' | 'resource' | 'name' | 'subresource'> {
  const isInNamespace = parts[0] === 'namespaces' && parts.length > 1;
  const own = isInNamespace && parts.length > 2 && !NAMESPACE_SUBRESOURCES.includes(parts[2] ?? '') ? parts.slice(2) : parts;
  const [resource = '', name = '', subresource = ''] = own;

  return { namespace: isInNamespace ? parts[1] ?? '' : '', resource, name, subresource: verb === 'proxy' ? '' : subresource };
}

function withoutName(verb: string, parameters: RequestUri['parameters']): Pick<RequestAttributes, 'verb' | 'name'> {
  if (verb !== 'get') {
    return { verb: verb === 'delete' ? 'deletecollection' : verb, name: '' };
  }
  const watch = parameters.get('watch');
  const name = areReadable(parameters) ? nameSelectedBy(parameters.get('fieldSelector') ?? '') : undefined;
  // Options that can't be read are all forgotten but for `watch`, whose case is then folded in another way: `falſe` is false only here.
  const isWatch = watch !== undefined && (name === undefined ? !['false', '0'].includes(watch.toLowerCase()) : !/^(?:false|0)$/iu.test(watch));

  return { verb: isWatch ? 'watch' : 'list', name: name ?? '' };
}

/** Whether the options beside the field selector can be read; the others take any text. */
function areReadable(parameters: RequestUri['parameters']): boolean {
  return ['limit', 'timeoutSeconds'].every((name) => isInteger(parameters.get(name) ?? '0')) && isLabelSelector(parameters.get('labelSelector') ?? '');
}
