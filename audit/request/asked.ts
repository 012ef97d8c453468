/**
 * A request as people ask about it: who sends it, and what, as a resource, as a URL or as a kubectl line.
 *
 * What a request for a resource can't say when a policy looks at it is left out: the name of what is created is in its body, and what belongs to
 * the whole cluster is in no namespace. A Namespace is in itself. Source: k8s.io/apiserver/pkg/endpoints/request/requestinfo.go.
 */
import { requestOf, type RequestAttributes } from './attributes';
import { requestOfKubectl, type KubectlSent } from './kubectl';
import { withoutKubectl, type KubectlRefusal } from './kubectlLine';
import { isServed, requestOfHttp } from './requestInfo';
import { KUBERNETES, type ServedResources } from './served';

export interface Who {
  /** Undefined where authentication fails; '' where nobody is named yet, who sends nothing. */
  readonly user: string | undefined;
  readonly groups: readonly string[];
  /** The user for whom the request is made: the log says so, and a policy doesn't see it. */
  readonly impersonates?: string;
}

export interface ResourceAsked {
  readonly form: 'resource';
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

export interface UrlAsked {
  readonly form: 'url';
  readonly method: string;
  readonly url: string;
}

export interface KubectlAsked {
  readonly form: 'kubectl';
  readonly line: string;
}

export type What = ResourceAsked | UrlAsked | KubectlAsked;

export interface AskedRequest {
  readonly who: Who;
  readonly what: What;
}

/** HTTP methods, as a URL is asked with them. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** The request that is asked about; what kubectl sends beside it, and guesses are of kubectl lines alone. */
export type AskedReading = KubectlSent;

/** Why nothing is sent: of a kubectl line, or a key of l10n under `clusterAudit.ask`. */
export type AskRefusal = { readonly form: 'kubectl'; readonly refusal: KubectlRefusal } | { readonly form: 'fields'; readonly refusal: 'userMissing' | 'verbMissing' | 'resourceMissing' | 'urlMissing' | 'urlRelative' | 'urlNotServed' };

/** The attributes of what is asked; or why there is no such request. */
export function requestAsked({ who, what }: AskedRequest, served: ServedResources = KUBERNETES): AskedReading | AskRefusal {
  if (who.user === '') {
    return refusedFields('userMissing');
  }
  const identity = { user: who.user, groups: who.user === undefined ? [] : who.groups };

  if (what.form === 'kubectl') {
    const read = requestOfKubectl(what.line, identity, served);

    return 'code' in read ? { form: 'kubectl', refusal: read } : read;
  }
  if (what.form === 'url') {
    return isServed(what.url) ? sent(requestOfHttp(what.method, what.url, identity)) : refusedFields(refusalOfUrl(what.url));
  }
  if (what.verb === '' || what.resource === '') {
    return refusedFields(what.verb === '' ? 'verbMissing' : 'resourceMissing');
  }
  const { form: _, ...fields } = saidOf(what, served);
  const isNamespace = what.apiGroup === '' && what.resource === 'namespaces';

  return sent({ ...requestOf({ ...fields, namespace: isNamespace ? fields.name : fields.namespace }), ...identity });
}

/** The same question in words that don't need the cluster to be known, so that it has the same answer everywhere. */
export function portable(asked: AskedRequest, served: ServedResources): AskedRequest {
  const { who, what } = asked;

  if (what.form !== 'kubectl') {
    return what.form === 'url' ? asked : { who, what: saidOf(what, served) };
  }
  const [here, elsewhere] = [requestAsked(asked, served), requestAsked(asked)];

  if (!('request' in here) || ('request' in elsewhere && JSON.stringify(here.request) === JSON.stringify(elsewhere.request))) {
    return asked;
  }
  const { verb, apiGroup, resource, subresource, namespace, name } = here.request;

  return { who, what: { form: 'resource', verb, apiGroup, resource, subresource, namespace, name } };
}

/** What is asked without what such a request can't say. */
function saidOf(what: ResourceAsked, served: ServedResources = KUBERNETES): ResourceAsked {
  const isNamespaced = served.named(what.apiGroup, what.resource)?.isNamespaced ?? true;

  return { ...what, name: hasName(what) ? what.name : '', namespace: isNamespaced ? what.namespace : '' };
}

/** Whether a request has a name when a policy looks at it. */
export function hasName({ verb, subresource }: Pick<ResourceAsked, 'verb' | 'subresource'>): boolean {
  return verb !== 'deletecollection' && !(verb === 'create' && subresource === '');
}

/** What is asked, in one line that needs no language: `get pods/log web-0 -n default`. */
export function textOfWhat(what: What): string {
  switch (what.form) {
    case 'kubectl': return `kubectl ${ withoutKubectl(what.line) }`;
    case 'url': return `${ what.method } ${ what.url }`;
    case 'resource': {
      const { verb, apiGroup, resource, subresource, namespace, name } = saidOf(what);

      return [verb, `${ resource }${ apiGroup ? `.${ apiGroup }` : '' }${ subresource ? `/${ subresource }` : '' }`, ...name ? [name] : [], ...namespace ? ['-n', namespace] : []].join(' ');
    }
  }
}

/** A request in such a line: of a path its method. */
export function textOfRequest({ resourceRequest, verb, path, ...request }: RequestAttributes): string {
  return textOfWhat(resourceRequest ? { form: 'resource', verb, ...request } : { form: 'url', method: verb.toUpperCase(), url: path });
}

function sent(request: RequestAttributes): AskedReading {
  return { request, others: [], guessed: [] };
}

function refusalOfUrl(url: string): 'urlMissing' | 'urlRelative' | 'urlNotServed' {
  return url === '' ? 'urlMissing' : /^(?:\/|https?:)/i.test(url) ? 'urlNotServed' : 'urlRelative';
}

function refusedFields(refusal: Extract<AskRefusal, { readonly form: 'fields' }>['refusal']): AskRefusal {
  return { form: 'fields', refusal };
}
