/** A fixed set of requests by several users: what each is to kube-apiserver, and what comes of sending it. */
import { load } from 'js-yaml';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RequestAttributes } from '../../../audit/request/attributes';
import { requestOfHttp, type Identity } from '../../../audit/request/requestInfo';
import { ROOT } from '../../../demo/steps/places';
import { casesOf } from '../../unit/tables';
import type { Connection } from '../../../demo/real/connection';
import type { Addresses, Wish } from '../../../demo/real/servers';

export interface Request {
  readonly name: string;
  readonly as: string;
  readonly method: string;
  readonly url: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: number;
}

/** A request that was sent, and its answer. */
export interface Exchange extends Request {
  /** That of its events. */
  readonly id: string;
  readonly status: number;
  readonly answer: string;
}

export const REQUESTS = casesOf<Request>('real/requests');

const TABLES = join(ROOT, 'tests/cases/real');
const USERS = load(readFileSync(join(TABLES, 'users.yaml'), 'utf8')) as Readonly<Record<string, readonly string[]>>;
const STRANGER = 'stranger';
const NOBODY = 'nobody';
const EVERYBODY = 'system:authenticated';

/** The users, by tokens that are their names, and what is there before the first request. */
export const WORLD: Required<Pick<Wish, 'users' | 'objects'>> = {
  users:   Object.fromEntries(Object.entries(USERS).map(([name, groups]) => [name, { name, groups }])),
  objects: load(readFileSync(join(TABLES, 'objects.yaml'), 'utf8')) as object[]
};

/** The node whose kubelet the servers stand in for. */
export function nodeObject({ kubeletPort }: Addresses): object {
  return {
    apiVersion: 'v1',
    kind:       'Node',
    metadata:   { name: 'worker' },
    status:     { addresses: [{ type: 'InternalIP', address: '127.0.0.1' }], daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } } }
  };
}

/** What kube-apiserver knows of a request. */
export function attributesOf({ as, method, url }: Request): RequestAttributes {
  return requestOfHttp(method, url, identityOf(as));
}

function identityOf(name: string): Identity {
  switch (name) {
    case STRANGER: return { user: undefined, groups: [] };
    case NOBODY: return { user: 'system:anonymous', groups: ['system:unauthenticated'] };
    default: return { user: name, groups: [...USERS[name] ?? [], EVERYBODY] };
  }
}

/** The id of a request's events, in the form of those that kube-apiserver makes up itself. */
export function auditIdOf(name: string): string {
  const [, first = '', second = '', third = '', fourth = '', fifth = ''] = /^(.{8})(.{4})(.{3})(.{3})(.{12})/.exec(createHash('sha256').update(name).digest('hex')) ?? [];

  return `${ first }-${ second }-4${ third }-8${ fourth }-${ fifth }`;
}

/** Sends all requests, one after the other. Each says its name as the program that it comes from. */
export async function sendAll(to: Connection): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];

  for (const request of REQUESTS) {
    const { name, as, method, url, body, headers } = request;
    const id = auditIdOf(name);
    const { status, text } = await to.send({ method, url, body, token: as === NOBODY ? undefined : as, headers: { ...headers, 'user-agent': name, 'audit-id': id } });

    exchanges.push({ ...request, id, status, answer: text });
  }

  return exchanges;
}
