import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { requestOf, type RequestAttributes, type RequestFields } from '../../../../audit/request/attributes';
import { compilePolicy } from '../../../../audit/request/compile';
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

/** `get pods/log default/web-0`: what can be said in one line. */
function sentence({ verb, apiGroup, resource, subresource, namespace, name, path }: RequestAttributes): string {
  const what = `${ resource }${ apiGroup ? `.${ apiGroup }` : '' }${ subresource ? `/${ subresource }` : '' }`;

  return [verb, what || path, namespace || name ? `${ namespace }/${ name }` : ''].filter(Boolean).join(' ');
}

describe('a kubectl line', () => {
  const refusals = casesOf<{ readonly line: string; readonly code: string; readonly params?: object }>('request/kubectl-refused');

  it.each(casesOf<{ readonly line: string; readonly sends: string; readonly also?: readonly string[] }>('request/kubectl'))('$name', ({ line, sends, also = [] }) => {
    const read = requestOfKubectl(line, JANE);

    expect('request' in read ? { sends: sentence(read.request), also: read.others.map(sentence) } : read).toEqual({ sends, also });
  });

  it.each(refusals)('$name', ({ line, code, params = {} }) => {
    expect(requestOfKubectl(line, JANE)).toEqual({ code, params });
  });

  it('that can not be read is told about in words', () => {
    const { clusterAudit: { request: words } } = load(readFileSync(resolve(__dirname, '../../../../l10n/en-us.yaml'), 'utf8')) as { clusterAudit: { request: object } };

    expect([...new Set(refusals.map(({ code }) => code))].sort()).toEqual(Object.keys(words).sort());
  });

  it('is sent by who is authenticated', () => {
    expect(requestOfKubectl('get pods --as root --as-group=system:masters', JANE)).toMatchObject({ request: JANE });
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
    expect(compilePolicy(policy)(requestOf(request))).toEqual(decide(policy, requestOf(request)));
  });
});
