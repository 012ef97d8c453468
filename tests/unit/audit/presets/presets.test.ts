import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import { PRESETS, presetOf } from '../../../../audit/presets/presets';

describe('a preset', () => {
  it.each(PRESETS)('$id is a policy that kube-apiserver takes as it is', (preset) => {
    expect(readPolicyDocument(preset.policy).findings).toEqual([]);
  });

  it.each(PRESETS)('$id is known again, whatever white space stands at its end', (preset) => {
    expect(presetOf(`${ preset.policy.trimEnd() }\n\n`)).toBe(preset);
  });

  it('is not recognised in a policy that says more', () => {
    expect(presetOf(`${ PRESETS[0]?.policy }- level: None\n`)).toBeUndefined();
  });
});
