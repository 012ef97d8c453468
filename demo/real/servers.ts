// etcd, kube-apiserver and Steve, as one process that answers lines.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import { CACHE } from '../steps/places';
import { SERVERS_PROGRAM } from '../steps/servers';

export interface Wish {
  /** By their tokens; the groups of those who are let in come by themselves. */
  readonly users?: Readonly<Record<string, { readonly name: string; readonly groups: readonly string[] }>>;
  readonly objects?: readonly object[];
  readonly steve?: boolean;
}

export interface Addresses {
  /** Goes with the servers, and so do the files that a test puts there. */
  readonly directory: string;
  readonly kubernetes: string;
  /** The file of the authority that has signed for kube-apiserver. */
  readonly authority: string;
  /** Files for servers on loopback, which the authority has signed for. */
  readonly certificate: string;
  readonly key: string;
  /** The token of a user who may do everything. */
  readonly token: string;
  readonly kubeletPort: number;
  readonly steve?: string;
}

/** A kube-apiserver that came up. */
export interface Started { readonly url: string; readonly log: string }
/** One that ended: with which code, for which reasons. */
export interface Ended { readonly exit: number; readonly reasons: readonly string[]; readonly log: string }

interface Answer extends Partial<Started>, Partial<Omit<Ended, 'log'>> { readonly protocolError?: string }

/** How long they may take to stop, in milliseconds. */
const PATIENCE = 30_000;

export class RealServers {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly addresses: Addresses;
  /** Resolves when they have ended, by themselves or not. */
  readonly ended: Promise<unknown>;

  private constructor(process: ChildProcessByStdio<Writable, Readable, null>, lines: AsyncIterator<string>, addresses: Addresses, ended: Promise<unknown>) {
    this.#process = process;
    this.#lines = lines;
    this.addresses = addresses;
    this.ended = ended;
  }

  /** Starts them and waits until they are ready; `within` is the folder for their directory. */
  static async start(wish: Wish, within = join(CACHE, 'servers')): Promise<RealServers> {
    const process = spawn(SERVERS_PROGRAM, { stdio: ['pipe', 'pipe', 'inherit'] });

    await once(process, 'spawn');
    const ended = new Promise((resolve) => process.once('exit', resolve));

    // Who asks after the end hears of it.
    process.stdin.on('error', () => undefined);

    const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();

    process.stdin.write(`${ JSON.stringify({ in: within, ...wish }) }\n`);

    return new RealServers(process, lines, await read<Addresses>(lines), ended);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Another kube-apiserver on the same etcd, with arguments besides those that it needs; `serving` is enough to see that it takes them. */
  async startKubernetes(args: readonly string[], until: 'ready' | 'serving' = 'ready'): Promise<Started | Ended> {
    const { url, log = '', exit, reasons = [] } = await this.#ask({ start: { arguments: args, serving: until === 'serving' } });

    return url === undefined ? { exit: exit ?? 0, reasons, log } : { url, log };
  }

  async stopKubernetes(url: string): Promise<void> {
    await this.#ask({ stop: url });
  }

  /** Ends them all. */
  async stop(): Promise<number | null> {
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), PATIENCE);

    this.#process.stdin.end();
    await this.ended;
    clearTimeout(impatience);

    return this.#process.exitCode;
  }

  async #ask(question: object): Promise<Answer> {
    this.#process.stdin.write(`${ JSON.stringify(question) }\n`);
    const answer = await read<Answer>(this.#lines);

    if (answer.protocolError !== undefined) {
      throw new Error(answer.protocolError);
    }

    return answer;
  }
}

async function read<Line>(lines: AsyncIterator<string>): Promise<Line> {
  const line = await lines.next();

  if (line.done) {
    throw new Error('the servers have ended');
  }

  return JSON.parse(line.value) as Line;
}
