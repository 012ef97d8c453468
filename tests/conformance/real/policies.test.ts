// A real kube-apiserver starts with each policy that we accept, and ends with the message that we show for each that we refuse. (The presets start in events.test.ts.)
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../audit/policy/document';
import { casesOf } from '../../unit/tables';
import { isSyntax } from '../judge';
import { RealServers, type Ended, type Started } from '../../../demo/real/servers';

let servers: RealServers;

beforeAll(async () => {
  servers = await RealServers.start({});
});
afterAll(() => servers.stop());

/** What becomes of a kube-apiserver with the policy. */
async function startWith(policy: string): Promise<Started | Ended> {
  const file = join(servers.addresses.directory, 'policy.yaml');

  writeFileSync(file, policy);
  const outcome = await servers.startKubernetes([`--audit-policy-file=${ file }`, `--audit-log-path=${ join(servers.addresses.directory, 'audit.log') }`], 'serving');

  if ('url' in outcome) {
    await servers.stopKubernetes(outcome.url);
  }

  return outcome;
}

/** Its reason, without the path of the file and the name of a scheme, which say nothing about the policy. */
function reasonOf({ reasons }: Ended): string {
  return reasons.join('\n').replace(/: from file \S+$/, '').replace(/ in scheme "[^"]*"/, '');
}

describe('kube-apiserver', () => {
  const policies = casesOf<{ readonly text: string; readonly kubernetes?: string }>('policy/read').filter(({ kubernetes }) => kubernetes === undefined);
  const [accepted, refused] = [true, false].map((isAccepted) => policies.filter(({ text }) => (readPolicyDocument(text).error === undefined) === isAccepted));

  it.each(accepted ?? [])('starts: $name', async ({ text }) => {
    expect(await startWith(text)).toHaveProperty('url');
  });

  it.each(refused ?? [])('ends: $name', async ({ text }) => {
    const { error = '' } = readPolicyDocument(text);
    const outcome = await startWith(text) as Ended;

    expect(outcome.exit).toBe(1);
    if (!isSyntax(reasonOf(outcome))) {
      expect(reasonOf(outcome)).toBe(`loading audit policy file: ${ error }`);
    }
  });

  it('has been asked about enough policies', () => {
    expect(accepted?.length).toBeGreaterThanOrEqual(15);
    expect(refused?.length).toBeGreaterThanOrEqual(15);
  });
});
