// `npm run real` as a program: it serves Rancher’s API, and leaves no process and no file behind however it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { dirname } from 'node:path';
import { afterEach, expect, it } from 'vitest';

import { ROOT } from '../../../demo/steps/places';
import { eventually } from '../../contract/target';
import { childrenOf, runningOf } from './processes';

const INTERRUPTED = 130;

let program: ChildProcess | undefined;

afterEach(() => program?.kill('SIGKILL'));

interface Ready { readonly url: string; readonly directory: string; readonly servers: readonly number[] }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');

  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  server.close();
  await once(server, 'close');

  return port;
}

async function started(): Promise<Ready> {
  program = spawn(process.execPath, ['--import', 'tsx', 'demo/runReal.ts'], { cwd: ROOT, env: { ...process.env, PORT: String(await freePort()) }, stdio: ['ignore', 'pipe', 'inherit'] });
  let directory = '';

  for await (const line of createInterface({ input: program.stdout ?? [] as never })) {
    const [, kubeconfig] = /^kubectl --kubeconfig (.*)$/.exec(line) ?? [];
    const [, url] = /^ready (.*)$/.exec(line) ?? [];

    directory = kubeconfig === undefined ? directory : dirname(kubeconfig);
    if (url !== undefined) {
      const own = childrenOf(program.pid ?? 0);

      return { url, directory, servers: own.flatMap((pid) => [pid, ...childrenOf(pid)]) };
    }
  }
  throw new Error('it has ended');
}

it('ends with all that it has started, when it is interrupted', async () => {
  const { url, directory, servers } = await started();

  expect(existsSync(directory)).toBe(true);
  expect((await fetch(`${ url }/v1/provisioning.cattle.io.clusters/fleet-default/docs-inline`, { headers: { accept: 'application/json', authorization: 'Bearer standard' } })).status).toBe(200);
  // It, etcd, kube-apiserver and Steve.
  expect(servers.length).toBeGreaterThanOrEqual(4);
  program?.kill('SIGINT');
  expect(await once(program as ChildProcess, 'exit')).toEqual([INTERRUPTED, null]);
  expect([runningOf(servers), existsSync(directory)]).toEqual([[], false]);
});

it('takes all that it has started with it, when it is killed', async () => {
  const { directory, servers } = await started();

  program?.kill('SIGKILL');
  await eventually(() => Promise.resolve(runningOf(servers)), (running) => running.length === 0);
  expect(existsSync(directory)).toBe(false);
});
