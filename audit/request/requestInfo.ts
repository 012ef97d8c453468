/**
 * A request's attributes from its HTTP method and URL.
 *
 * Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go and pkg/endpoints/filters/authorization.go.
 */
import type { RequestAttributes } from './attributes';
import { exactName } from './fieldSelector';

/** Who sends a request; without a name, authentication failed. */
export type Identity = Pick<RequestAttributes, 'user' | 'groups'>;

const VERB_OF_METHOD: ReadonlyMap<string, string> = new Map([['POST', 'create'], ['GET', 'get'], ['HEAD', 'get'], ['PUT', 'update'], ['PATCH', 'patch'], ['DELETE', 'delete']]);
/** Old forms of the path: `/api/v1/watch/pods`. */
const SPECIAL_VERBS = ['proxy', 'watch'];
const NAMESPACE_SUBRESOURCES = ['status', 'finalize'];

/**
 * The attributes of a request.
 * @param method as it is sent: methods are told apart by case
 * @param url a path with its query, or a whole URL
 */
export function requestOfHttp(method: string, url: string, identity: Identity): RequestAttributes {
  const [rawPath = '', query = ''] = withoutHost(url).split(/\?(.*)/s);
  const path = decoded(rawPath) ?? rawPath;
  const [prefix, ...parts] = path.replace(/^\/+|\/+$/g, '').split('/');
  const nonResource = { ...identity, verb: method.toLowerCase(), resourceRequest: false, apiGroup: '', resource: '', subresource: '', namespace: '', name: '', path };
  const isCore = prefix === 'api';

  if (!(isCore && parts.length >= 2) && !(prefix === 'apis' && parts.length >= 3)) {
    return nonResource;
  }
  const [apiGroup = ''] = isCore ? [] : parts;
  const rest = parts.slice(isCore ? 1 : 2);
  const isSpecial = SPECIAL_VERBS.includes(rest[0] ?? '');

  if (isSpecial && rest.length < 2) {
    return { ...nonResource, resourceRequest: true, apiGroup };
  }
  const verb = isSpecial ? rest[0] ?? '' : VERB_OF_METHOD.get(method) ?? '';
  const target = targetOf(isSpecial ? rest.slice(1) : rest, verb);

  return { ...nonResource, resourceRequest: true, apiGroup, ...target, ...(target.name ? { verb } : withoutName(verb, query)) };
}

/** Parts after the version: `namespaces/<namespace>/<resource>/<name>/<subresource>`, or without the first two. */
function targetOf(parts: readonly string[], verb: string): Pick<RequestAttributes, 'namespace' | 'resource' | 'name' | 'subresource'> {
  const isInNamespace = parts[0] === 'namespaces' && parts.length > 1;
  const own = isInNamespace && parts.length > 2 && !NAMESPACE_SUBRESOURCES.includes(parts[2] ?? '') ? parts.slice(2) : parts;
  const [resource = '', name = '', subresource = ''] = own;

  return { namespace: isInNamespace ? parts[1] ?? '' : '', resource, name, subresource: verb === 'proxy' ? '' : subresource };
}

function withoutName(verb: string, query: string): Pick<RequestAttributes, 'verb' | 'name'> {
  if (verb !== 'get') {
    return { verb: verb === 'delete' ? 'deletecollection' : verb, name: '' };
  }
  const parameters = parametersOf(query);
  const watch = parameters.get('watch');
  const isWatch = watch !== undefined && !['false', '0'].includes(watch.toLowerCase());
  // Options that can't be read are all forgotten, but for `watch`.
  const isReadable = ['limit', 'timeoutSeconds'].every((name) => isInteger(parameters.get(name)));
  const name = isReadable ? exactName(parameters.get('fieldSelector') ?? '') : undefined;

  return { verb: isWatch ? 'watch' : 'list', name: name !== undefined && isPathSegment(name) ? name : '' };
}

function isInteger(text: string | undefined): boolean {
  return text === undefined || text === '' || (/^[-+]?\d+$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text));
}

/** Source: k8s.io/apimachinery/pkg/api/validate/content, IsPathSegmentName. */
function isPathSegment(name: string): boolean {
  return name !== '.' && name !== '..' && !/[/%]/.test(name);
}

/** The first value of each parameter, as Go's url.Query reads them: what can't be decoded is left out. */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();

  for (const pair of query.split('#')[0]?.split('&') ?? []) {
    const [name, value] = pair.split(/=(.*)/s).map((part) => decoded(part.replaceAll('+', ' ')));

    if (name !== undefined && !pair.includes(';') && !parameters.has(name) && !(pair.includes('=') && value === undefined)) {
      parameters.set(name, value ?? '');
    }
  }

  return parameters;
}

function withoutHost(url: string): string {
  return url.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '');
}

/** Undefined for an escape that is none. */
function decoded(text: string): string | undefined {
  if (/%(?![\da-fA-F]{2})/.test(text)) {
    return undefined;
  }
  const bytes = text.replace(/(?:%[\da-fA-F]{2})+/g, (escapes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(escapes.match(/[\da-fA-F]{2}/g)?.map((pair) => parseInt(pair, 16)) ?? [])));

  return bytes;
}
