// Random HTTP requests, taken apart by us and by the real RequestInfo.
//
// SEED chooses the questions. A case that fails is shrunk and printed.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { isServed, requestOfHttp } from '../../audit/request/requestInfo';
import { Judge } from './judge';
import { SEED } from './seed';

const RUNS = 5_000;
const REQUESTS_OF_A_RUN = 50;

interface HttpRequest {
  readonly method: string;
  readonly url: string;
}

interface JudgedAttributes {
  readonly error?: string;
  readonly [attribute: string]: unknown;
}

const METHODS = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'get', ''];
const PARTS = ['api', 'apis', 'v1', 'apps', 'namespaces', 'default', 'pods', 'web-0', 'log', 'proxy', 'watch', 'status', 'finalize', '', '.', '..', '%2F', 'a%20b', '%', '%zz', 'namespaces%2Fa', 'é', '+', ';', 'API', '#', '\x01'];
const STARTS = ['', '/', '/api/v1', '/apis/apps/v1', '/api/v1/watch', '/api/v1/proxy', '/api/v1/namespaces/default', '/apis/apps/v1/namespaces/a', 'https://host:6443/api/v1', 'http:/api/v1', '//api/v1', '*'];
const NAMES = ['watch', 'watch', 'fieldSelector', 'fieldSelector', 'labelSelector', 'labelSelector', 'limit', 'timeoutSeconds', 'resourceVersion', 'sendInitialEvents', 'allowWatchBookmarks', 'Watch', 'w%61tch', 'watch%', '', 'x;watch'];
const VALUES = ['', 'true', 'false', 'FALSE', 'fal%C5%BFe', '0', '1', '00', '-0', '%2B5', '+5', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '1e3', '0x1', '%', 'a=b', 'metadata.name=b', '#x'];
const FIELD_PARTS = ['metadata.name', 'metadata.name=', 'metadata.name=b,', 'metadata.name=a', 'metadata.name=\u{10000},', 'metadata.name=\uE000', 'metadata.name==b', 'metadata.name!=b', '=', '==', '!=', '!', ',', '\\', '\\,', '\\=', 'a', 'b', '.', '..', '/', '%25', '\u{10000}', '\uE000', ' '];
const LABEL_PARTS = ['app', 'in', 'notin', '=', '==', '!=', '!', '>', '<', '(', ')', ',', ' ', '%09', '%00', '%0A', 'a.b/c', 'a/b/c', '/c', 'A/b', '-a', 'a-', 'é', '5', '%2B5', 'a'.repeat(64)];

const text = (parts: readonly string[], maxLength: number): fc.Arbitrary<string> => fc.array(fc.constantFrom(...parts), { maxLength, size: 'max' }).map((list) => list.join(''));
/** Whole selectors with a random part in them: parts alone seldom make one that can be read. */
const LABELS = fc.tuple(fc.constantFrom('', 'app=web,', 'x in (', 'x notin (a,', '!', 'x>'), text(LABEL_PARTS, 4), fc.constantFrom('', '', ')', ',b)', ',y')).map((list) => list.join(''));
const PARAMETER = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)).map(([name, value]) => `${ name }=${ value }`),
  fc.constantFrom(...NAMES),
  text(FIELD_PARTS, 6).map((value) => `fieldSelector=${ value }`),
  fc.oneof(LABELS, text(LABEL_PARTS, 6)).map((value) => `fieldSelector=metadata.name=b&labelSelector=${ value }`)
);
const ANY: fc.Arbitrary<HttpRequest> = fc.record({
  method: fc.constantFrom(...METHODS),
  url:    fc.tuple(fc.constantFrom(...STARTS), fc.array(fc.constantFrom(...PARTS), { maxLength: 5 }), fc.array(PARAMETER, { maxLength: 2 }))
    .map(([start, parts, parameters]) => `${ [start, ...parts].join('/') }${ parameters.length ? '?' : '' }${ parameters.join('&') }`)
});
/** Where parameters count most. */
const LIST = fc.array(PARAMETER, { minLength: 1, maxLength: 3 }).map((parameters): HttpRequest => ({ method: 'GET', url: `/api/v1/pods?${ parameters.join('&') }` }));
const REQUEST = fc.oneof(ANY, LIST);

let judge: Judge;

beforeAll(() => {
  judge = new Judge('v0.36');
});
afterAll(() => judge.end());

it('HTTP requests are taken apart as by kube-apiserver', async () => {
  console.log(`SEED=${ SEED }`);
  await fc.assert(fc.asyncProperty(fc.array(REQUEST, { minLength: 1, maxLength: REQUESTS_OF_A_RUN, size: 'max' }), async (http) => {
    const [answer] = await judge.ask<{ readonly attributes: readonly JudgedAttributes[] }>([{ http }]);

    expect(http.map(ours)).toEqual(answer?.attributes.map(theirs));
  }), { seed: SEED, numRuns: RUNS });
});

function ours({ method, url }: HttpRequest): object {
  const { user: _, groups: __, ...attributes } = requestOfHttp(method, url, { user: 'jane', groups: [] });

  return isServed(url) ? attributes : { error: true };
}

function theirs({ error, ...attributes }: JudgedAttributes): object {
  return error === undefined ? attributes : { error: true };
}
