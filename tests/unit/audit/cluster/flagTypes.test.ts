// Values of flags are taken and refused as Go does it, in its words.
import { describe, expect, it } from 'vitest';

import { float32Of, parseProblem, type FlagType } from '../../../../audit/cluster/flagTypes';
import { goQuoted } from '../../../../audit/policy/goText';
import { casesOf } from '../../tables';

interface ValueCase { readonly type: FlagType; readonly value: string; readonly says?: string; readonly is?: number }

describe('a flag’s value', () => {
  it.each(casesOf<ValueCase>('cluster/flag-values'))('$name', ({ type, value, says, is }) => {
    expect(parseProblem('f', type, value)).toBe(says && `invalid argument ${ goQuoted(value) } for "--f" flag: ${ says }`);
    if (is !== undefined) {
      expect(float32Of(value)).toBe(is);
    }
  });
});
