/**
 * A policy from elsewhere comes into what a screen shows, and its expectations with it.
 */
import { computed, shallowRef, type ComputedRef } from 'vue';

import { withExpectationsOf } from '../../audit/drafts/namedPolicy';
import type { Finding } from '../../audit/policy/finding';
import type { Choice } from '../policy/choice';
import type { AuditEdits } from './useAuditEdits';
import type { AuditLogView } from './auditLogView';

export interface TakenPolicy {
  /** Why the expectations of the last one did not come with it, as long as nothing was edited since. */
  readonly problems: ComputedRef<readonly Finding[]>;
  take(policy: Choice): void;
}

/** Its text can be taken back by undo, with its expectations, which join those that are there. */
export function useTakenPolicy({ document, expectations }: AuditLogView, { setPolicy }: AuditEdits): TakenPolicy {
  const last = shallowRef<{ readonly policy: string; readonly expectations: string; readonly findings: readonly Finding[] }>();

  return {
    problems: computed(() => last.value && last.value.policy === document.value?.text && last.value.expectations === expectations.value ? last.value.findings : []),

    take({ policy, expectations: added = '' }) {
      const { text, findings } = withExpectationsOf(expectations.value, added);

      setPolicy(policy, 'set', text);
      last.value = { policy, expectations: text, findings };
    }
  };
}
