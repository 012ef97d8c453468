/** Rancher's API as the host's store gives it to us, over HTTP to an embedded Rancher, as one of its users. */
import type { ApiRequest, RancherApi } from '../../../rancher/store';

type User = 'admin' | 'standard' | 'readonly';

/** The API as a user; writes are kept, without their bodies. */
export interface RecordedApi extends RancherApi {
  readonly writes: string[];
}

/** The schemas say what a user may create, as they do in the host. */
export async function apiAs(user: User, url: string): Promise<RecordedApi> {
  const headers = { 'authorization': `Bearer ${ user }`, 'content-type': 'application/json' };
  const schemas = await (await fetch(`${ url }/v1/schemas`, { headers })).json() as { readonly data: readonly { readonly id: string; readonly collectionMethods?: readonly string[] }[] };
  const writes: string[] = [];
  const methodsOf = (type: string): readonly string[] => schemas.data.find(({ id }) => id === type)?.collectionMethods ?? [];

  return {
    writes,
    warn:      () => undefined,
    mayCreate: (type) => methodsOf(type).includes('POST'),
    mayList:   (type) => methodsOf(type).includes('GET'),

    async request({ url: path, method = 'GET', data, headers: more = {} }: ApiRequest) {
      const answer = await fetch(`${ url }${ path }`, { method, headers: { ...headers, ...more }, ...(data ? { body: JSON.stringify(data) } : {}) });
      const body: unknown = await answer.json().catch(() => undefined);

      if (!answer.ok) {
        throw Object.assign(new Error((body as { readonly message?: string } | undefined)?.message ?? ''), { status: answer.status });
      }
      if (method !== 'GET') {
        writes.push(`${ method } ${ path }`);
      }

      return body;
    }
  };
}
