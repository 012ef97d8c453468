/**
 * What a screen does to the settings of a cluster's audit log: the policy, with undo and redo of its text, its delivery and the log's options.
 */
import type { AuditOptions, Delivery } from '../../audit/cluster/settings';
import { withExpectationsStepped } from '../../audit/drafts/namedPolicy';
import type { ChangeKind } from '../policy/policyHistory';
import { usePolicyHistory, type UndoRedo } from '../policy/usePolicyHistory';
import type { AuditLogView } from './auditLogView';

export interface AuditEdits extends Omit<UndoRedo, 'change'> {
  /** Turns the audit log on where it is off, by the delivery that is best here. Undo takes both back where expectations are given, too. */
  setPolicy(policy: string, kind?: ChangeKind, withExpectations?: string): void;
  setDelivery(wanted: Delivery): void;
  setOptions(options: AuditOptions): void;
}

/** The edits of what a screen shows; those of delivery and options do nothing while the audit log is off. */
export function useAuditEdits({ owner, settings, delivery, document, expectations, want, wantExpectations }: AuditLogView): AuditEdits {
  const { change, ...steps } = usePolicyHistory(owner, () => document.value?.text, write, (from, to) => wantExpectations(withExpectationsStepped(expectations.value, from, to)));

  function write(policy: string): void {
    const { value: now } = settings;

    if (now.state === 'on') {
      // Who edits the policy leaves the log as it is.
      want({ state: 'on', delivery: now.delivery, policy, options: now.options });
    } else if (delivery.value) {
      want({ state: 'on', delivery: delivery.value, policy });
    }
  }

  return {
    ...steps,

    setPolicy(policy, kind = 'set', withExpectations = expectations.value) {
      const before = expectations.value;

      change(policy, kind, withExpectations === before ? undefined : { before, after: withExpectations });
      // It becomes text, even if that says the same.
      if (settings.value.state === 'unreadable') {
        write(policy);
      }
      if (withExpectations !== before) {
        wantExpectations(withExpectations);
      }
    },

    setDelivery(wanted) {
      if (settings.value.state === 'on') {
        want({ state: 'on', delivery: wanted, policy: settings.value.policy });
      }
    },

    setOptions(options) {
      if (settings.value.state === 'on') {
        want({ ...settings.value, options });
      }
    }
  };
}
