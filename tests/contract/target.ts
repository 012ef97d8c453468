/**
 * What the contract suite runs against: the embedded Rancher, started for each test file; the same on real servers, where CONTRACT_ON
 * is `real`; or a Steve that is already running, named by CONTRACT_TARGET: `{"url": "http://…", "tokens": {"admin": "…", …}, "ownCluster": "…"}`.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, inject } from 'vitest';
import WebSocket from 'ws';

import { startRancher, type Rancher, type RancherOptions } from '../../demo/rancher/server';
import { realBackend } from '../../demo/real/backend';
import { at, listAt, objectAt, type Json } from './json';

export { at, listAt, objectAt } from './json';
export type { Json } from './json';

export type UserName = 'admin' | 'standard' | 'readonly';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined for a body that is not JSON. */
  readonly body: Json | undefined;
}

export interface Client {
  readonly url: string;
  send(method: string, path: string, body?: Json | string, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: Json): Promise<Answer>;
  put(path: string, body: Json): Promise<Answer>;
  patch(path: string, body: Json, contentType?: string): Promise<Answer>;
  remove(path: string): Promise<Answer>;
  subscribe(path?: string): Promise<Subscription>;
}

export interface Subscription {
  /** Every message so far, pings left out. */
  readonly messages: Json[];
  say(request: Json | string): void;
  /** The first message, so far or to come, that the test accepts. */
  message(accepts: (message: Json) => boolean): Promise<Json>;
  /** Until it listens, to one type if named. */
  started(resourceType?: string): Promise<void>;
  close(): Promise<number>;
}

export interface Target {
  readonly url: string;
  readonly tokens: Readonly<Record<UserName, string>>;
  /** A provisioning cluster in fleet-default that the standard user owns. */
  readonly ownCluster: string;
}

export const CLUSTERS = '/v1/provisioning.cattle.io.clusters';
export const SECRETS = '/v1/secrets';
export const CONFIG_MAPS = '/v1/configmaps';
export const WORKSPACE = 'fleet-default';
export const MERGE_PATCH = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';

const EMBEDDED = { tokens: { admin: 'admin', standard: 'standard', readonly: 'readonly' }, ownCluster: 'docs-inline' } as const;
const PATIENCE = 60_000;
const MOMENT = 500;

/** The target of a test file, ready before its tests and gone after them. */
export function useTarget(): { as(user: UserName): Client; readonly ownCluster: string } {
  let target: Target | undefined;
  let rancher: Rancher | undefined;

  beforeAll(async () => {
    target = givenTarget();
    if (!target) {
      rancher = isReal() ? undefined : await startRancher({ port: 0 });
      target = { url: rancher?.url ?? inject('realRancher'), ...EMBEDDED };
    }
  });
  afterAll(() => rancher?.close());

  const ready = (): Target => {
    if (!target) {
      throw new Error('the target is only there inside tests');
    }

    return target;
  };

  return {
    as: (user) => client(ready().url, ready().tokens[user]),
    get ownCluster() {
      return ready().ownCluster;
    }
  };
}

/** A Rancher of one's own, for what only our Rancher has; without wishes it is the one that all share, where it takes long to start. */
export function useRancher(options: Omit<RancherOptions, 'port'> = {}): { as(user: UserName): Client; anonymous(): Client; readonly url: string } {
  let rancher: Rancher | undefined;

  const isShared = isReal() && Object.keys(options).length === 0;

  beforeAll(async () => {
    rancher = isShared ? undefined : await startRancher({ port: 0, ...(isReal() ? { backend: realBackend } : {}), ...options });
  });
  afterAll(() => rancher?.close());

  const url = (): string => rancher?.url ?? (isShared ? inject('realRancher') : '');

  return {
    as: (user) => client(url(), user),
    anonymous: () => client(url(), undefined),
    get url() {
      return url();
    }
  };
}

/** A name that no other test uses. */
export function uniqueName(prefix: string): string {
  return `${ prefix }-${ randomBytes(4).toString('hex') }`;
}

/** The ids of a collection, in its order. */
export function idsOf(answer: Answer): Json[] {
  return listAt(answer.body, 'data').map((item) => at(item, 'id') ?? null);
}

/** What a Steve error says, without the links that it always carries. */
export function errorOf(answer: Answer): Json {
  return { status: answer.status, type: at(answer.body, 'type') ?? null, code: at(answer.body, 'code') ?? null, message: at(answer.body, 'message') ?? null };
}

/** Reads, edits and PUTs, again after a conflict: Rancher's controllers write too. */
export async function change(of: Client, path: string, edit: (object: Record<string, Json>) => void): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    const object = objectAt((await of.get(path)).body);

    edit(object);

    const answer = await of.put(path, object);

    if (answer.status !== 409 || attempt === 5) {
      return answer;
    }
  }
}

/** Asks until the answer is accepted. */
export async function eventually<T>(ask: () => Promise<T>, accepts: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE;

  for (;;) {
    const answer = await ask();

    if (accepts(answer)) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`still not: ${ JSON.stringify(answer) }`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function isReal(): boolean {
  return process.env['CONTRACT_ON'] === 'real';
}

function givenTarget(): Target | undefined {
  const given = process.env['CONTRACT_TARGET'];

  return given === undefined ? undefined : JSON.parse(given) as Target;
}

function client(url: string, token: string | undefined): Client {
  const auth: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${ token }` };
  const send: Client['send'] = async (method, path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: { accept: 'application/json', ...auth, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: text })
    });
    const answered = await response.text();

    return { status: response.status, headers: response.headers, text: answered, body: parsed(answered) };
  };

  return {
    url,
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body, contentType = MERGE_PATCH) => send('PATCH', path, body, { 'content-type': contentType }),
    remove: (path) => send('DELETE', path),
    subscribe: (path = '/v1/subscribe') => subscription(url.replace(/^http/, 'ws') + path, auth)
  };
}

async function subscription(url: string, headers: Record<string, string>): Promise<Subscription> {
  const socket = new WebSocket(url, { headers });
  const messages: Json[] = [];
  const waiting = new Set<() => void>();

  socket.on('message', (data) => {
    const message = parsed(String(data));

    if (message !== undefined && at(message, 'name') !== 'ping') {
      messages.push(message);
      waiting.forEach((look) => look());
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });

  const message: Subscription['message'] = (accepts) => new Promise((resolve, reject) => {
    const give = (): void => {
      waiting.delete(look);
      reject(new Error(`no such message among ${ JSON.stringify(messages.map((message) => [at(message, 'name'), at(message, 'data', 'id')])) }`));
    };
    const timer = setTimeout(give, PATIENCE);
    const look = (): void => {
      const found = messages.find(accepts);

      if (found !== undefined) {
        clearTimeout(timer);
        waiting.delete(look);
        resolve(found);
      }
    };

    waiting.add(look);
    look();
  });

  return {
    messages,
    say: (request) => socket.send(typeof request === 'string' ? request : JSON.stringify(request)),
    message,
    async started(resourceType) {
      await message((said) => at(said, 'name') === 'resource.start' && (resourceType === undefined || at(said, 'resourceType') === resourceType));
      // A real Steve says so a moment before it does.
      await sleep(isReal() ? MOMENT : 0);
    },
    close: () => new Promise((resolve) => {
      socket.once('close', resolve);
      socket.close();
    })
  };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
