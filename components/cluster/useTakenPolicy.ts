/**
 * A policy from elsewhere comes into what a screen shows, and its expectations with it.
 */
import { shallowRef, type ShallowRef } from 'vue';

import { withExpectationsOf } from '../../audit/drafts/namedPolicy';
import type { Finding } from '../../audit/policy/finding';
import type { Choice } from '../policy/choice';
import type { AuditEdits } from './useAuditEdits';
import type { AuditLogView } from './auditLogView';

export interface TakenPolicy {
  /** Why the expectations of the last one did not come with it. */
  readonly problems: ShallowRef<readonly Finding[]>;
  take(policy: Choice): void;
}

/** Its text can be taken back by undo; its expectations join those that are there. */
export function useTakenPolicy({ expectations, wantExpectations }: AuditLogView, { setPolicy }: AuditEdits): TakenPolicy {
  const problems = shallowRef<readonly Finding[]>([]);

  return {
    problems,

    take({ policy, expectations: added = '' }) {
      const { text, findings } = withExpectationsOf(expectations.value, added);

      setPolicy(policy);
      problems.value = findings;
      if (text !== expectations.value) {
        wantExpectations(text);
      }
    }
  };
}
