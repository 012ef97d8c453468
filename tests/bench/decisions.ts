/** How fast requests are decided, in nanoseconds, against the Go evaluator in the same run. */
import { Bench } from 'tinybench';

import type { Policy } from '../../audit/policy/types';
import { requestOf, type RequestFields } from '../../audit/request/attributes';
import { compilePolicy } from '../../audit/request/compile';
import { decide } from '../../audit/request/decide';
import { hasGo } from '../../demo/steps/go';
import { Judge } from '../conformance/judge';
import { requestAt, ruleAt } from './policies';

const MILLISECONDS = 500;

/** One policy of so many rules. */
export async function benchOfDecisions(count: number): Promise<object> {
  const policy: Policy = { rules: Array.from({ length: count }, (_, index) => ruleAt(index, count)) };
  const fields = Array.from({ length: 50 }, (_, index) => requestAt(Math.floor(index * count / 50)));
  const requests = fields.map(requestOf);
  const compiled = compilePolicy(policy);
  const bench = new Bench({ time: MILLISECONDS })
    .add('scan', () => requests.forEach((request) => decide(policy, request)))
    .add('compiled', () => requests.forEach((request) => compiled(request)));

  await bench.run();
  const [scan = NaN, fast = NaN] = bench.tasks.map((task) => 'latency' in task.result ? task.result.latency.mean * 1e6 / requests.length : NaN);
  const go = hasGo() ? await ofGo(policy, fields) : NaN;

  return { 'Go': go.toFixed(0), 'scan': scan.toFixed(0), 'compiled': fast.toFixed(0), 'speed of compiled (Go is 1)': (go / fast).toFixed(2) };
}

async function ofGo(policy: Policy, requests: readonly RequestFields[]): Promise<number> {
  const judge = new Judge('v0.36', '-bench', String(MILLISECONDS / 1_000));
  const [answer] = await judge.ask<{ readonly nanosecondsPerDecision: number }>([{ policy: JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', ...policy }), requests }]);

  judge.end();

  return answer?.nanosecondsPerDecision ?? NaN;
}
