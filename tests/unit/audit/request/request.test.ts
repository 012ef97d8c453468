import { describe, expect, it } from 'vitest';

import { requestOf, type RequestAttributes, type RequestFields } from '../../../../audit/request/attributes';
import { decide, type Decision } from '../../../../audit/request/decide';
import { expectedEvents } from '../../../../audit/request/events';
import { explain } from '../../../../audit/request/explain';
import { requestOfKubectl } from '../../../../audit/request/kubectl';
import { requestOfHttp } from '../../../../audit/request/requestInfo';
import type { Policy } from '../../../../audit/policy/types';
import { casesOf } from '../../tables';

const JANE = { user: 'jane', groups: [] };

/** The attributes that say something, without who asks. */
function told({ user: _, groups: __, ...attributes }: RequestAttributes): object {
  return Object.fromEntries(Object.entries(attributes).filter(([name, value]) => value !== '' && !(name === 'resourceRequest' && value === true)));
}

describe('the attributes of an HTTP request', () => {
  it.each(casesOf<{ readonly method: string; readonly url: string; readonly expect: object }>('request/http'))('$name', ({ method, url, expect: expected }) => {
    const { path: _, ...attributes } = requestOfHttp(method, url, JANE);

    expect(told({ ...attributes, path: '' })).toEqual(expected);
  });

  it('hold the path, decoded and without the query', () => {
    expect(requestOfHttp('GET', 'https://host:6443/healthz%2Fping?verbose=1', JANE).path).toBe('/healthz/ping');
  });
});

describe('a kubectl line', () => {
  it.each(casesOf<{ readonly line: string; readonly expect: object; readonly others?: number }>('request/kubectl'))('$name', ({ line, expect: expected, others }) => {
    const read = requestOfKubectl(line, JANE);

    expect('request' in read ? told(read.request) : read).toEqual(expected);
    expect('others' in read ? read.others.length : 0).toBe(others ?? 0);
  });
});

describe('the events of a request', () => {
  it.each(casesOf<{ readonly request: RequestFields; readonly decision: Partial<Decision>; readonly expect: string[] }>('request/events'))('$name', ({ request, decision, expect: expected }) => {
    const events = expectedEvents(requestOf(request), { level: 'RequestResponse', rule: 0, omitStages: [], omitManagedFields: false, ...decision });

    expect(events.map(({ stage, requestObject, responseObject }) => [stage, ...requestObject === 'never' ? [] : [`request ${ requestObject }`], ...responseObject === 'never' ? [] : ['response']].join(', '))).toEqual(expected);
  });
});

describe('an explanation', () => {
  it.each(casesOf<{ readonly policy: Policy; readonly request: RequestFields; readonly expect: object }>('request/explain'))('$name', ({ policy, request, expect: expected }) => {
    expect(explain(policy, requestOf(request))).toMatchObject(expected);
  });
});

describe('a decision', () => {
  it.each(casesOf<{ readonly policy: Policy; readonly request: RequestFields; readonly expect: object }>('request/decide'))('$name', ({ policy, request, expect: expected }) => {
    expect(decide(policy, requestOf(request))).toMatchObject(expected);
  });
});
