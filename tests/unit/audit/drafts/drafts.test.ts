import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_DRAFTS, MAX_KEPT_LENGTH, draftNamed, problemOfDraft, readDrafts, textOfDrafts, withDraft, withoutDraft, type Draft } from '../../../../audit/drafts/drafts';
import { MAX_SHARED_SIZE, bytesOfPolicy, fragmentOf, policyOfBytes, readFragment } from '../../../../audit/drafts/link';
import { MAX_NAME_LENGTH, shortName, tidyName, withExpectationsOf, withExpectationsStepped, type NamedPolicy } from '../../../../audit/drafts/namedPolicy';
import { MAX_POLICY_LENGTH } from '../../../../audit/policy/document';
import { MAX_EXPECTATIONS, MAX_FILE_LENGTH, readExpectations, textOfExpectations } from '../../../../audit/request/expectationFile';
import type { Expectation } from '../../../../audit/request/expectations';
import { casesOf } from '../../tables';

const POLICY: NamedPolicy = { name: 'mine', policy: 'kind: Policy\n', expectations: '' };

function draft(name: string, keptAt = 1): Draft {
  return { ...POLICY, name, keptAt };
}

function expectation(resource: string, level: Expectation['level']): Expectation {
  return { asked: { who: { user: 'jane', groups: [] }, what: { form: 'resource', verb: 'get', apiGroup: '', resource, subresource: '', namespace: '', name: '' } }, level };
}

describe('names', () => {
  it.each(casesOf<{ readonly text: string; readonly expect: string }>('drafts/names'))('$name', ({ text, expect: expected }) => {
    expect(tidyName(text)).toBe(expected);
  });

  it('are the same when they are tidied once more', () => {
    fc.assert(fc.property(fc.string({ unit: fc.oneof(fc.constantFrom('a', ' ', '\t', '\u200B', '\u200C', '\u200D', '\uFEFF', '\u0308', '\u0958'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) }), (name) => {
      expect(tidyName(tidyName(name))).toBe(tidyName(name));
      expect(shortName(shortName(name))).toBe(shortName(name));
    }));
  });
});

describe('what a browser keeps', () => {
  it.each(casesOf<{ readonly text?: string; readonly expect: string | readonly string[] }>('drafts/kept'))('$name', ({ text, expect: expected }) => {
    const read = readDrafts(text);

    expect(typeof read === 'string' ? read : read.map(({ name }) => name)).toEqual(expected);
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.record({ name: fc.string({ maxLength: 20, unit: 'grapheme' }).map((name) => tidyName(`n${ name }`)), policy: fc.string({ minLength: 1, unit: 'binary' }), expectations: fc.string(), keptAt: fc.nat() }), { selector: ({ name }) => name }), (drafts) => {
      expect(readDrafts(textOfDrafts(drafts))).toEqual(drafts);
    }));
  });

  it('has the newest first, each name once, and loses one alone', () => {
    const drafts = withDraft([draft('a'), draft('b')], draft(' b', 2));

    expect(drafts).toEqual([draft('b', 2), draft('a')]);
    expect(draftNamed(drafts, 'b ')).toEqual(draft('b', 2));
    expect(withoutDraft(drafts, 'b')).toEqual([draft('a')]);
  });

  it('may be more than is written, and is read all the same', () => {
    expect(readDrafts(textOfDrafts(Array.from({ length: MAX_DRAFTS + 1 }, (_, index) => draft(`draft ${ index }`))))).toHaveLength(MAX_DRAFTS + 1);
  });

  it('leaves room for others in the browser', () => {
    const large = (name: string) => ({ ...draft(name), policy: 'x'.repeat(MAX_POLICY_LENGTH) });
    const rest = { ...POLICY, name: 'b', policy: 'x'.repeat(MAX_KEPT_LENGTH - MAX_POLICY_LENGTH) };

    expect(problemOfDraft([large('a')], rest)).toBe('tooMuch');
    expect(problemOfDraft([large('b')], rest)).toBeUndefined();
  });

  it('reads a name that grows in its one form', () => {
    const read = readDrafts(textOfDrafts([draft('\u0958'.repeat(MAX_NAME_LENGTH))])) as readonly Draft[];

    expect(readDrafts(textOfDrafts(read))).toEqual(read);
    expect(read[0]?.name).toHaveLength(MAX_NAME_LENGTH);
  });

  it.each([
    [{ name: ' ' }, 'nameMissing'], [{ name: 'x'.repeat(MAX_NAME_LENGTH + 1) }, 'nameTooLong'], [{ policy: '' }, 'policyMissing'], [{ policy: 'x'.repeat(MAX_POLICY_LENGTH + 1) }, 'policyTooLarge'], [{}, 'tooMany'], [{ name: 'draft 3' }, undefined]
  ])('takes a policy with %o not, for the reason %s', (fields, reason) => {
    expect(problemOfDraft(Array.from({ length: MAX_DRAFTS }, (_, index) => draft(`draft ${ index }`)), { ...POLICY, ...fields })).toBe(reason);
  });
});

describe('links', () => {
  it.each(casesOf<{ readonly fragment?: string; readonly bytes?: string; readonly hex?: string; readonly expect: string }>('drafts/links'))('$name', ({ fragment, bytes, hex, expect: expected }) => {
    expect(fragment === undefined ? policyOfBytes(Buffer.from(bytes ?? hex ?? '', hex ? 'hex' : 'utf8')) : readFragment(fragment)).toBe(expected);
  });

  it('hold any policy, exactly, in letters that every program leaves alone', () => {
    fc.assert(fc.property(fc.string({ maxLength: 20 }).map(tidyName), fc.string({ minLength: 1, unit: 'grapheme' }), fc.string(), fc.boolean(), (name, policy, expectations, isDeflated) => {
      const named = { name, policy, expectations };
      const fragment = fragmentOf({ bytes: bytesOfPolicy(named), isDeflated });
      const read = readFragment(`#${ fragment }`);

      expect(fragment).toMatch(/^[\w.-]+$/);
      expect(typeof read === 'string' ? read : [policyOfBytes(read.bytes), read.isDeflated]).toEqual([named, isDeflated]);
    }));
  });

  it('hold as much as a policy and its expectations can be, in any language', () => {
    const largest = { name: '审'.repeat(MAX_NAME_LENGTH), policy: '审'.repeat(MAX_POLICY_LENGTH), expectations: '审'.repeat(MAX_FILE_LENGTH) };

    expect(policyOfBytes(bytesOfPolicy(largest))).toEqual(largest);
  });

  it('are refused unread where they are too much', () => {
    expect(readFragment(`#policy1t.${ 'A'.repeat(MAX_SHARED_SIZE + 1) }`)).toBe('tooLarge');
    expect(policyOfBytes(new Uint8Array(MAX_SHARED_SIZE + 1))).toBe('tooLarge');
    expect(policyOfBytes(bytesOfPolicy({ ...POLICY, policy: 'x'.repeat(MAX_POLICY_LENGTH + 1) }))).toBe('damaged');
  });

  it('are the same in every version', () => {
    expect(readFragment('#policy1t.eyJuYW1lIjoibWluZSIsInBvbGljeSI6ImtpbmQ6IFBvbGljeVxuIn0')).toEqual({ bytes: bytesOfPolicy(POLICY), isDeflated: false });
    expect(base64urlnopad.encode(bytesOfPolicy(POLICY))).toBe('eyJuYW1lIjoibWluZSIsInBvbGljeSI6ImtpbmQ6IFBvbGljeVxuIn0');
  });
});

describe('expectations that come with a policy', () => {
  const [secrets, pods] = [textOfExpectations([expectation('secrets', 'Metadata')]), textOfExpectations([expectation('secrets', 'None'), expectation('pods', 'Request')])];

  it('join those that are there, and are taken where both are about one request', () => {
    const { text, findings } = withExpectationsOf(secrets, pods);

    expect(findings).toEqual([]);
    expect(readExpectations(text).expectations).toEqual([expectation('secrets', 'None'), expectation('pods', 'Request')]);
    expect([withExpectationsOf('', pods).text, withExpectationsOf(secrets, '').text]).toEqual([pods, secrets]);
  });

  it('stay away where they can’t be read, or are too many', () => {
    const many = (from: number) => textOfExpectations(Array.from({ length: MAX_EXPECTATIONS }, (_, index) => expectation(`resource${ from + index }`, 'None')));

    expect(withExpectationsOf(secrets, 'expectations: 5')).toMatchObject({ text: secrets, findings: [{ code: 'expectations.notAList' }] });
    expect(withExpectationsOf('', 'expectations: 5')).toMatchObject({ text: '', findings: [{ code: 'expectations.notAList' }] });
    expect(withExpectationsOf('expectations: 5', pods)).toMatchObject({ text: 'expectations: 5', findings: [{ code: 'expectations.notAList' }] });
    expect(withExpectationsOf(many(0), many(1))).toMatchObject({ text: many(0), findings: [{ code: 'expectations.tooMany' }] });
  });

  it.each([
    ['as they were, exactly, where nothing was done since', 'now', 'now', '# mine', '# mine'],
    ['without what came, and with what was added since', [['secrets', 'None'], ['pods', 'Request'], ['nodes', 'None']], [['secrets', 'None'], ['pods', 'Request']], [['secrets', 'Metadata']], [['secrets', 'Metadata'], ['nodes', 'None']]],
    ['with a level that was changed since, and without what was removed since', [['secrets', 'Request']], [['secrets', 'None'], ['pods', 'None']], [['secrets', 'Metadata'], ['pods', 'Request']], [['secrets', 'Request']]],
    ['with what comes again', [['nodes', 'None']], '', [['secrets', 'None']], [['nodes', 'None'], ['secrets', 'None']]],
    ['as they are where they can’t be read', 'expectations: 5', [['secrets', 'None']], '', 'expectations: 5']
  ] as const)('are %s after a step', (_, ...texts) => {
    const [now = '', from = '', to = '', expected] = texts.map((each) => typeof each === 'string' ? each : textOfExpectations(each.map(([resource, level]) => expectation(resource, level))));

    expect(withExpectationsStepped(now, from, to)).toBe(expected);
  });
});
