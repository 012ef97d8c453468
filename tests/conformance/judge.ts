// The Go evaluator, as a process that answers lines.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import type { RequestFields } from '../../audit/request/attributes';
import { judgePath, type KubernetesRelease } from '../steps/judges';

export interface Judgement {
  readonly accepted: boolean;
  readonly error: string | null;
  readonly warnings: readonly string[];
  readonly policy?: object;
  readonly decisions?: readonly JudgedDecision[];
}

export interface JudgedDecision {
  readonly level: string;
  readonly rule: number | null;
  readonly omitStages: readonly string[];
  readonly omitManagedFields: boolean;
}

export class Judge {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  constructor(judge: KubernetesRelease | 'terraform', ...args: string[]) {
    this.#process = spawn(judgePath(judge), args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** The answers to questions, in their order. */
  async ask<Answer = Judgement>(questions: readonly object[]): Promise<Answer[]> {
    const sent = this.#send(questions);
    const answers: Answer[] = [];

    while (answers.length < questions.length) {
      const line = await this.#answers.next();

      if (line.done) {
        throw new Error('the evaluator ended');
      }
      answers.push(JSON.parse(line.value) as Answer);
    }
    await sent;

    return answers;
  }

  /** What it says of one policy and its requests. */
  async judge(policy: string, requests: readonly RequestFields[] = []): Promise<Judgement> {
    const [answer] = await this.ask([{ policy, requests }]);

    if (!answer) {
      throw new Error('no answer');
    }

    return answer;
  }

  end(): void {
    this.#process.stdin.end();
  }

  async #send(questions: readonly object[]): Promise<void> {
    for (const question of questions) {
      if (!this.#process.stdin.write(`${ JSON.stringify(question) }\n`)) {
        await new Promise((resolve) => this.#process.stdin.once('drain', resolve));
      }
    }
  }
}

/** What Go's parsers say of syntax is not ours to repeat. */
export function isSyntax(error: string): boolean {
  return /yaml: |invalid character|parsing time/.test(error);
}
