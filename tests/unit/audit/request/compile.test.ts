import fc from 'fast-check';
import { expect, it } from 'vitest';

import { requestOf } from '../../../../audit/request/attributes';
import { compilePolicy } from '../../../../audit/request/compile';
import { decide } from '../../../../audit/request/decide';
import { policies, REQUESTS } from '../../../conformance/decisions';

it('a compiled policy decides as a scan of its rules does', () => {
  fc.assert(fc.property(policies(80), fc.array(REQUESTS, { minLength: 20, maxLength: 40 }), (policy, requests) => {
    const compiled = compilePolicy(policy);

    expect(requests.map((request) => compiled(requestOf(request)))).toEqual(requests.map((request) => decide(policy, requestOf(request))));
  }), { numRuns: 1_000 });
});

it('a policy of very many rules and names is decided without an index of all of them', () => {
  const policy = { rules: Array.from({ length: 20_000 }, (_, index) => ({ level: 'Metadata', users: [`user-${ index }`] })) };

  expect(compilePolicy(policy)(requestOf({ user: 'user-19999', verb: 'get', resource: 'pods' })).rule).toBe(19_999);
});
