/**
 * What kube-apiserver knows of a request when it looks for the rule that decides it.
 *
 * Source: k8s.io/apiserver/pkg/authorization/authorizer (Attributes) and pkg/endpoints/filters/audit.go.
 */

export interface RequestAttributes {
  /** The authenticated user, never an impersonated one; undefined where authentication failed. */
  readonly user: string | undefined;
  /** Without a user there are none. */
  readonly groups: readonly string[];
  readonly verb: string;
  /** False for a path outside the API's resources, such as `/healthz`. */
  readonly resourceRequest: boolean;
  /** '' is the core group. */
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource: string;
  /** '' for none, and for all of them. */
  readonly namespace: string;
  readonly name: string;
  /** Decoded, without the query. */
  readonly path: string;
}

/** Attributes as people and programs write them: what is absent is empty. */
export interface RequestFields {
  readonly user?: string | null;
  readonly groups?: readonly string[] | null;
  readonly verb?: string;
  /** Absent: true exactly where there is no path. */
  readonly resourceRequest?: boolean;
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly path?: string;
}

/** The attributes that some of them stand for. */
export function requestOf(fields: RequestFields): RequestAttributes {
  const { user, groups, verb = '', resourceRequest = fields.path === undefined, apiGroup = '', resource = '', subresource = '', namespace = '', name = '', path = '' } = fields;

  return { user: user ?? undefined, groups: groups ?? [], verb, resourceRequest, apiGroup, resource, subresource, namespace, name, path };
}
