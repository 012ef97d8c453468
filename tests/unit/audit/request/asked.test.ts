import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { textOfFile } from '../../../../audit/policy/fileText';
import { LEVELS } from '../../../../audit/policy/types';
import { METHODS, portable, requestAsked, textOfRequest, textOfWhat, type What } from '../../../../audit/request/asked';
import { requestOf, type RequestFields } from '../../../../audit/request/attributes';
import { IDENTITIES, identityNamed, identityOf, namingOf } from '../../../../audit/request/identities';
import { excessOf, MAX_EXPECTATIONS, MAX_FILE_LENGTH, readExpectations, textOfExpectations } from '../../../../audit/request/expectationFile';
import { resultsOf, withExpectations, type Expectation } from '../../../../audit/request/expectations';
import { knownNames } from '../../../../audit/request/knownNames';
import { servedResources } from '../../../../audit/request/served';
import { explain } from '../../../../audit/request/explain';
import { fieldName } from '../../../../audit/policy/finding';
import { casesOf } from '../../tables';

const JANE = { user: 'jane', groups: ['dev'] };
const ONE: Expectation = { asked: { who: JANE, what: { form: 'kubectl', line: 'get pods' } }, level: 'None' };
const EMPTY = { apiGroup: '', subresource: '', namespace: '', name: '', verb: '', resource: '' };

/** What names are made of: any character, and what means something to YAML, to JSON or to a terminal. */
const NAME = fc.string({ minLength: 1, maxLength: 12, unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }), fc.constantFrom('\ud800', '\udfff', '\u0000', '\u0085', '\u2028', '\u202e', '\ufeff', '\r\n', '\t', ': ', ' #', '- ', '"', '\'', '\\', '%', '&a', '*a', '!!', '<<', '---', '...', '~', '0x', '中', '😀', 'e\u0301')) });
const EXPECTATION: fc.Arbitrary<Expectation> = fc.record({
  asked: fc.record({
    who:  fc.record({ user: fc.option(NAME, { nil: undefined }), groups: fc.array(fc.oneof(NAME, fc.constant('')), { maxLength: 3 }), impersonates: NAME }, { requiredKeys: ['user', 'groups'] }),
    what: fc.oneof(
      fc.record({ form: fc.constant('resource'), verb: NAME, resource: NAME, ...Object.fromEntries(['apiGroup', 'subresource', 'namespace', 'name'].map((field) => [field, fc.oneof(NAME, fc.constant(''))])) as Record<'apiGroup' | 'subresource' | 'namespace' | 'name', fc.Arbitrary<string>> }),
      fc.record({ form: fc.constant('url'), method: fc.constantFrom(...METHODS), url: NAME.map((name) => `/${ encodeURIComponent(name.replace(/\p{Surrogate}/gu, '')) }`) }),
      fc.record({ form: fc.constant('kubectl'), line: fc.constantFrom('get pods', '  kubectl   get secrets -A ', 'logs web-0 -n \'a "b\'', 'get pod ü😀', 'delete cm "a: #b" --wait=false') })
    )
  }),
  level: fc.constantFrom(...LEVELS)
});

function whatOf(what: What): What {
  return what.form === 'resource' ? { ...EMPTY, ...what } : what;
}

describe('what is asked', () => {
  it.each(casesOf<{ readonly what: What; readonly text: string; readonly sends?: RequestFields; readonly refused?: string }>('request/asked'))('$name', ({ what, text, sends, refused }) => {
    const asked = { who: JANE, what: whatOf(what) };
    const read = requestAsked(asked);

    expect(textOfWhat(asked.what)).toBe(text);
    expect('request' in read ? read.request : typeof read.refusal === 'string' ? read.refusal : read.refusal.code).toEqual(sends ? { ...requestOf(sends), ...('path' in sends && sends.resource ? { resourceRequest: true } : {}), ...JANE } : refused);
  });

  it('is nothing where the user has no name yet', () => {
    expect(requestAsked({ who: { user: '', groups: ['dev'] }, what: { form: 'kubectl', line: 'get pods' } })).toEqual({ form: 'fields', refusal: 'userMissing' });
  });

  it('has no groups where authentication fails', () => {
    expect(requestAsked({ who: { user: undefined, groups: ['dev'] }, what: { form: 'kubectl', line: 'get pods' } })).toMatchObject({ request: { user: undefined, groups: [] } });
  });
});

describe('who asks', () => {
  it.each(casesOf<{ readonly user?: string; readonly groups: readonly string[]; readonly impersonates?: string; readonly is?: string }>('request/identities'))('is known again: $name', ({ user, groups, impersonates, is }) => {
    const known = identityOf({ user, groups, ...(impersonates === undefined ? {} : { impersonates }) });

    expect(known && `${ known.identity } ${ known.name }`.trim()).toBe(is);
  });

  it.each(IDENTITIES)('is known again as %s', (identity) => {
    expect(identityOf(identityNamed(identity))).toEqual({ identity, name: namingOf(identity)?.example ?? '' });
  });
});

describe('what is asked of a cluster that is known', () => {
  const entry = { otherNames: [], verbs: ['get'], subresources: new Map() };
  const served = servedResources(knownNames(undefined, { namespaces: [], resources: [
    { ...entry, group: 'management.cattle.io', resource: 'settings', kind: 'Setting', otherNames: ['setting'], isNamespaced: false },
    { ...entry, group: 'example.com', resource: 'widgets', kind: 'Widget', otherNames: ['widget', 'wd'], isNamespaced: true }
  ] }));

  it.each(casesOf<{ readonly what: What; readonly sends?: string; readonly guessed?: readonly string[]; readonly kept: string }>('request/served'))('$name', ({ what, sends, guessed = [], kept }) => {
    const asked = { who: JANE, what: whatOf(what) };
    const read = requestAsked(asked, served);
    const elsewhere = requestAsked(portable(asked, served));

    expect('request' in read ? { sends: textOfRequest(read.request), guessed: read.guessed } : {}).toEqual(sends === undefined ? {} : { sends, guessed });
    expect(textOfWhat(portable(asked, served).what)).toBe(kept);
    expect('request' in elsewhere && elsewhere.request).toEqual('request' in read && read.request);
  });

  it('has its kinds with many others, at once', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ ...entry, group: 'example.com', resource: `r${ index }`, kind: 'Same', isNamespaced: true }));

    expect(servedResources(knownNames(undefined, { namespaces: [], resources: many })).called('SAME')).toHaveLength(10_000);
  });
});

describe('the identities to pick', () => {
  it('are who kube-apiserver authenticates', () => {
    expect(Object.fromEntries(IDENTITIES.map((id) => [id, identityNamed(id)]))).toEqual({
      rancherKubectl:    { user: 'system:serviceaccount:cattle-impersonation-system:cattle-impersonation-u-abc12', groups: ['system:serviceaccounts', 'system:serviceaccounts:cattle-impersonation-system', 'system:authenticated'], impersonates: 'u-abc12' },
      rancherExplorer:   { user: 'system:serviceaccount:cattle-system:cattle', groups: ['system:serviceaccounts', 'system:serviceaccounts:cattle-system', 'system:authenticated'], impersonates: 'u-abc12' },
      rancherEndpoint:   { user: 'u-abc12', groups: ['system:authenticated'] },
      serviceAccount:    { user: 'system:serviceaccount:default:default', groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'] },
      kubelet:           { user: 'system:node:worker-1', groups: ['system:nodes', 'system:authenticated'] },
      scheduler:         { user: 'system:kube-scheduler', groups: ['system:authenticated'] },
      controllerManager: { user: 'system:kube-controller-manager', groups: ['system:authenticated'] },
      nodeAdmin:         { user: 'system:admin', groups: ['system:masters', 'system:authenticated'] },
      anonymous:         { user: 'system:anonymous', groups: ['system:unauthenticated'] },
      unauthenticated:   { user: undefined, groups: [] }
    });
  });

  it('take the name that they are given', () => {
    expect([identityNamed('serviceAccount', 'a/b').user, identityNamed('serviceAccount', 'b').user, identityNamed('kubelet', 'n').user, namingOf('scheduler')]).toEqual(['system:serviceaccount:a:b', 'system:serviceaccount:default:b', 'system:node:n', undefined]);
  });
});

describe('a file of expectations', () => {
  it.each(casesOf<{ readonly text: string; readonly expect?: readonly object[]; readonly findings?: readonly string[] }>('request/expectations'))('$name', ({ text, expect: expected = [], findings: wanted = [] }) => {
    const { expectations, findings } = readExpectations(text);

    expect(findings.map(({ code, at, params }) => [code.replace('expectations.', ''), ...params['field'] ? [params['field']] : [], ...at.range ? [at.range.start.line] : []].join(' '))).toEqual(wanted);
    expect(findings.every(({ at, params }) => params['field'] === undefined || params['field'] === (fieldName(at.path) || 'expectations'))).toBe(true);
    expect(expectations).toEqual(expected);
    expect(readExpectations(textOfExpectations(expectations) || 'expectations: []')).toEqual({ expectations, findings: [] });
  });

  it.each(['0o14', '0b1', '1_000', '1:30', '\\', '\u2028', '- ', 'null', '~', 'yes', '0x1', '1e3', ': a', '# b', 'a: b\n- c', '\u0007', '2026-01-01', ' ', '"', '😀'])('gives back the name %j', (name) => {
    const list: Expectation[] = [{ asked: { who: { user: name, groups: [name] }, what: { form: 'resource', ...EMPTY, verb: 'get', resource: 'pods', name } }, level: 'None' }];

    expect(readExpectations(textOfExpectations(list)).expectations).toEqual(list);
  });

  it('is refused where it is too much', () => {
    const entry = '- { kubectl: get pods, level: None }\n';

    expect(readExpectations(`expectations:\n${ entry.repeat(MAX_EXPECTATIONS) }`).expectations).toHaveLength(MAX_EXPECTATIONS);
    expect(readExpectations(`expectations:\n${ entry.repeat(MAX_EXPECTATIONS + 1) }`).findings.map(({ code }) => code)).toEqual(['expectations.tooMany']);
    expect(excessOf(Array.from({ length: MAX_EXPECTATIONS }, () => ONE), '')).toEqual([]);
    expect(excessOf(Array.from({ length: MAX_EXPECTATIONS + 1 }, () => ONE), '')).toMatchObject([{ code: 'expectations.tooMany', severity: 'block', params: { field: 'expectations', limit: MAX_EXPECTATIONS } }]);
    expect(readExpectations(' '.repeat(MAX_FILE_LENGTH + 1)).findings.map(({ code }) => code)).toEqual(['expectations.tooLarge']);
    expect(readExpectations(`expectations: [{ user: ${ 'a'.repeat(5000) }, kubectl: get pods, level: None }]`).findings.map(({ code }) => code)).toEqual(['expectations.tooLong']);
    expect(readExpectations('['.repeat(10_000)).findings.map(({ code }) => code)).toEqual(['expectations.syntax']);
    expect(readExpectations(`expectations:\n${ '- 1\n'.repeat(500) }`).findings).toHaveLength(20);
  });

  it('is the same when it was printed and read again, whatever the names', () => fc.assert(fc.property(fc.array(EXPECTATION, { minLength: 1, maxLength: 8 }), (list) => {
    const text = textOfExpectations(list);

    expect(readExpectations(text)).toEqual({ expectations: list, findings: [] });
    expect(textOfFile(new TextEncoder().encode(text))).toEqual({ text });
  }), { numRuns: 500, seed: 1 }));

  it('is empty for none', () => {
    expect(textOfExpectations([])).toBe('');
  });
});

describe('expectations', () => {
  const policy = { rules: [{ level: 'None', users: ['root'] }, { level: 'Metadata', verbs: ['list'] }] };
  const of = (user: string, line: string, level: Expectation['level']): Expectation => ({ asked: { who: { user, groups: [] }, what: { form: 'kubectl', line } }, level });
  const list = [of('root', 'get pods', 'None'), of('jane', 'get pods', 'Metadata'), of('jane', 'delete pod a', 'Metadata'), of('jane', 'config view', 'None')];

  it.each([1, 10])('hold or not, in a list that is %d times as long', (times) => {
    expect(resultsOf(policy, Array.from({ length: times }, () => list).flat()).slice(-4).map(({ level, rule, holds }) => [level, rule, holds])).toEqual([['None', 0, true], ['Metadata', 1, true], ['None', undefined, false], [undefined, undefined, false]]);
  });

  it('are one for a request', () => {
    expect(withExpectations(list, [of('jane', 'get pods', 'Request')])).toEqual([list[0], of('jane', 'get pods', 'Request'), list[2], list[3]]);
    expect(withExpectations(list, [of('joe', 'get pods', 'Request'), of('joe', 'get pods', 'None')])).toEqual([...list, of('joe', 'get pods', 'None')]);
  });

  it.each([' kubectl get pods', 'kubectl  get pods ', 'get pods\t'])('are one for %j, too', (line) => {
    expect(withExpectations(list, [of('jane', line, 'Request')])).toEqual([list[0], of('jane', line, 'Request'), list[2], list[3]]);
  });

  it('that stand twice in a list stay', () => {
    const twice = [...list, of('root', 'get pods', 'Metadata')];

    expect(withExpectations(twice, [])).toEqual(twice);
    expect(withExpectations(twice, [of('root', 'get pods', 'Request')])).toEqual(twice.with(0, of('root', 'get pods', 'Request')));
  });

  it('of a whole file go into a full list at once', () => {
    const many = Array.from({ length: 500 }, (_, index) => of('jane', `get pod p${ index }`, 'None'));

    expect(withExpectations(many, many.map(({ asked }) => ({ asked, level: 'Metadata' })))).toHaveLength(500);
  });

  it('explain themselves without the rules that are left out', () => {
    const request = requestOf({ user: 'root', verb: 'list', resource: 'pods' });

    expect(explain(policy, request, new Set([0]))).toMatchObject({ level: 'Metadata', rule: 1, why: [] });
    expect(explain(policy, request, new Set([0, 1]))).toMatchObject({ level: 'None', rule: undefined, why: [] });
    expect(explain({ rules: [{ level: 'None', users: ['a'] }, { level: 'None' }, { level: 'Metadata', users: ['b'] }, { level: 'Request' }] }, request, new Set([1]))).toMatchObject({ rule: 3, why: [{ rule: 0 }, { rule: 2 }] });
  });
});
