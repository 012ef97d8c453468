import { describe, expect, it } from 'vitest';

import type { PolicyRule } from '../../../../audit/policy/types';
import { requestOf, type RequestFields } from '../../../../audit/request/attributes';
import { mismatchOf } from '../../../../audit/request/mismatch';
import { ANYBODY_ANYWHERE, ruleForRequest, type Narrowness } from '../../../../audit/request/ruleForRequest';
import { casesOf } from '../../tables';

interface Case { readonly request: RequestFields; readonly narrow?: readonly (keyof Narrowness)[]; readonly rule: PolicyRule | null }

describe('the rule for a request', () => {
  it.each(casesOf<Case>('request/rule'))('is about $name, and matches it, if there is one', ({ request, narrow = [], rule }) => {
    const made = ruleForRequest(requestOf(request), 'Request', { ...ANYBODY_ANYWHERE, ...Object.fromEntries(narrow.map((part) => [part, true])) });

    expect(made ?? null).toEqual(rule);
    expect(made && mismatchOf(made, requestOf(request))).toBeUndefined();
  });
});
