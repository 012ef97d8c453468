import { describe, expect, it } from 'vitest';

import { findingsOfLint } from '../../../../audit/lint/lint';
import { readPolicyDocument } from '../../../../audit/policy/document';
import { editPolicy } from '../../../../audit/policy/policyEdit';
import type { Policy } from '../../../../audit/policy/types';
import { METADATA } from '../../../../audit/presets/metadata';
import { indexForTemplate, RULE_TEMPLATES } from '../../../../audit/presets/ruleTemplates';

describe.each(RULE_TEMPLATES)('the template $id', (template) => {
  const policy = readPolicyDocument(METADATA.policy).policy as Policy;

  it('is a rule that a policy with a last rule for the rest can have, and that decides something', () => {
    const text = editPolicy(METADATA.policy, { type: 'add', index: indexForTemplate(template, policy), rule: template.rule });
    const { policy: after, error, findings } = readPolicyDocument(text);
    const lint = findingsOfLint(after ?? { rules: [] }, findings).filter(({ code }) => !/flood|noCatchAll|accessNotLogged/.test(code));

    expect(error).toBeUndefined();
    // The rest is taken already there.
    expect(lint.map(({ code }) => code)).toEqual(template.id === 'rest' ? ['lint.unreachable'] : []);
  });
});
