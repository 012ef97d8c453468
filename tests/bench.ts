/**
 * `npm run bench`: how fast policies are decided, against the Go evaluator in the same run, and how fast they are read and linted.
 *
 * It prints tables and judges nothing: a time is no test.
 */
import { Bench } from 'tinybench';

import { findingsOfLint } from '../audit/lint/lint';
import { readPolicyDocument } from '../audit/policy/document';
import type { Policy, PolicyRule } from '../audit/policy/types';
import { requestOf, type RequestFields } from '../audit/request/attributes';
import { compilePolicy } from '../audit/request/compile';
import { decide } from '../audit/request/decide';
import { hasGo } from '../demo/steps/go';
import { runProgram } from '../demo/steps/program';
import { setUp } from '../demo/steps/setUp';
import { PACKAGES } from '../demo/steps/steps';
import { Judge } from './conformance/judge';
import { JUDGES } from './steps/judges';

const MILLISECONDS = 500;
const RESOURCES = ['pods', 'services', 'endpoints', 'nodes', 'configmaps', 'events', 'replicationcontrollers', 'limitranges', 'persistentvolumes', 'bindings'];
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];

runProgram(async (signal) => {
  await setUp(hasGo() ? [PACKAGES, JUDGES] : [PACKAGES], signal);
  console.log('\nDecisions: nanoseconds for one, over requests that are decided by rules all over the policy');
  console.table({ '20 rules': await decisions(20), '200 rules': await decisions(200) });
  console.log('Reading and lint: milliseconds for one keystroke');
  console.table({ '20 rules': await reading(20), '1,000 rules': await reading(1_000) });

  return 0;
});

async function decisions(count: number): Promise<object> {
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

  return { 'Go': go.toFixed(0), 'scan': scan.toFixed(0), 'compiled': fast.toFixed(0), 'compiled, times Go': (go / fast).toFixed(2) };
}

async function ofGo(policy: Policy, requests: readonly RequestFields[]): Promise<number> {
  const judge = new Judge('v0.36', '-bench', String(MILLISECONDS / 1_000));
  const [answer] = await judge.ask<{ readonly nanosecondsPerDecision: number }>([{ policy: JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', ...policy }), requests }]);

  judge.end();

  return answer?.nanosecondsPerDecision ?? NaN;
}

async function reading(count: number): Promise<object> {
  const text = `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ Array.from({ length: count }, (_, index) => textAt(index)).join('') }`;
  const { policy = { rules: [] }, findings } = readPolicyDocument(text);
  const bench = new Bench({ time: MILLISECONDS * 2 })
    .add('read', () => readPolicyDocument(text))
    .add('lint', () => findingsOfLint(policy, findings));

  await bench.run();
  const [read = NaN, lint = NaN] = bench.tasks.map((task) => 'latency' in task.result ? task.result.latency.mean : NaN);

  return { 'characters': text.length, 'read': read.toFixed(2), 'read and lint': (read + lint).toFixed(2) };
}

/** Rules as people write them: some by user, some by resource, some by verb; the last one takes the rest. */
function ruleAt(index: number, count: number): PolicyRule {
  if (index === count - 1) {
    return { level: 'Metadata' };
  }
  const target = { group: index % 3 ? '' : 'apps', resources: [RESOURCES[index % RESOURCES.length] ?? ''] };

  return { level: 'None', verbs: [VERBS[index % VERBS.length] ?? ''], resources: [target], namespaces: [`namespace-${ index }`], ...(index % 2 ? { users: [`system:serviceaccount:kube-system:controller-${ index }`] } : {}) };
}

function requestAt(index: number): RequestFields {
  return {
    user: `system:serviceaccount:kube-system:controller-${ index }`, groups: ['system:serviceaccounts', 'system:authenticated'], verb: VERBS[index % VERBS.length] ?? '', apiGroup: index % 3 ? '' : 'apps',
    resource: RESOURCES[index % RESOURCES.length] ?? '', namespace: `namespace-${ index }`, name: 'a'
  };
}

function textAt(index: number): string {
  return `# Rule ${ index }.\n- level: None\n  users: ["system:kube-proxy", user-${ index }]\n  verbs: [watch, get]\n  resources:\n  - group: ""\n    resources: [endpoints, services]\n`;
}
