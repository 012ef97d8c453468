/** A kube-apiserver, asked in the name of Rancher itself: plain writes, and informers of types. */
import { readFileSync } from 'node:fs';
import { KubeConfig, makeInformer, type Informer, type KubernetesListObject, type KubernetesObject } from '@kubernetes/client-node';

import type { JsonObject, JsonValue } from '../rancher/json';
import { apiVersionOf, type ResourceType } from '../rancher/types';
import { connectionTo } from './connection';
import type { Addresses } from './servers';

export type PatchKind = 'merge-patch+json' | 'apply-patch+yaml';

/** What kube-apiserver refused. */
export class KubernetesError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export interface Kubernetes {
  post(path: string, body: JsonValue): Promise<JsonObject>;
  put(path: string, body: JsonValue): Promise<JsonObject>;
  patch(path: string, kind: PatchKind, body: JsonValue): Promise<JsonObject>;
  remove(path: string): Promise<JsonObject>;
  /** Of all objects of a type; not started yet. */
  informer(type: ResourceType): Informer<KubernetesObject>;
}

/** Kubernetes' path of a type's objects, in all namespaces or in one. */
export function pathOf(type: Pick<ResourceType, 'group' | 'version' | 'resource'>, namespace = '', name = ''): string {
  const api = type.group === '' ? `/api/${ type.version }` : `/apis/${ apiVersionOf(type) }`;

  return [api, ...(namespace === '' ? [] : ['namespaces', namespace]), type.resource, ...(name === '' ? [] : [name])].join('/');
}

export function kubernetesAt({ kubernetes, authority, token }: Addresses): Kubernetes {
  const connection = connectionTo(kubernetes, authority);
  const config = new KubeConfig();

  config.loadFromClusterAndUser({ name: 'kubernetes', server: kubernetes, caData: readFileSync(authority).toString('base64'), skipTLSVerify: false }, { name: 'rancher', token });

  const send = async (method: string, path: string, body?: JsonValue, contentType = 'application/json'): Promise<JsonObject> => {
    const { status, text } = await connection.send({ method, url: path, token, ...(body === undefined ? {} : { body: JSON.stringify(body) }), headers: { 'content-type': contentType } });
    const answer = JSON.parse(text) as JsonObject;

    if (status >= 400) {
      throw new KubernetesError(status, String(answer['message'] ?? text));
    }

    return answer;
  };

  return {
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, kind, body) => send('PATCH', path, body, `application/${ kind }`),
    remove: (path) => send('DELETE', path),
    informer: (type) => makeInformer(config, pathOf(type), async () => await send('GET', pathOf(type)) as unknown as KubernetesListObject<KubernetesObject>)
  };
}
