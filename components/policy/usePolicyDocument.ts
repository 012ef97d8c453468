/**
 * What a policy's text says: at once where that is quick, else as soon as a worker has read it.
 *
 * What is shown is never about another text than the one that is there: while a long text is being read its rules are still those of
 * before, and it has no findings.
 */
import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef } from 'vue';

import { documentOfReport, findingsOfDocument } from '../../audit/lint/report';
import { readPolicyDocument, type PolicyDocument } from '../../audit/policy/document';
import type { Finding } from '../../audit/policy/finding';
import { readAhead } from '../../audit/policy/ruleReadings';
import { isLongText, isQuicklyRead } from '../../audit/policy/textSize';
import { policyReader, whenIdle } from './policyReader';

/** A document, or one that is on its way: then its policy and the places of that are those of before, where there was one. */
export interface PolicyInSight extends PolicyDocument {
  readonly isReading: boolean;
}

export interface PolicyReading {
  readonly document: ComputedRef<PolicyInSight | undefined>;
  /** About the policy; lint among them, as soon as it is there. */
  readonly findings: ComputedRef<readonly Finding[]>;
  /** Whether findings may still follow. */
  readonly isChecking: ComputedRef<boolean>;
  /** Reads the text at once, but for lint, which never blocks anything. */
  readNow(): void;
}

/** What is known of one text for one version of Kubernetes. */
interface Known {
  readonly text: string;
  readonly version: string | undefined;
  readonly document: PolicyDocument;
  /** Undefined until lint has come. */
  readonly findings: readonly Finding[] | undefined;
}

/** Characters that are read in one go while nobody waits. */
const AHEAD = 2_000;

/** The document of a text, which is undefined where there is no policy. Call it in `setup`. */
export function usePolicyDocument(text: () => string | undefined, version: () => string | undefined): PolicyReading {
  const reader = policyReader();
  const known = shallowRef<Known>();
  /** The last one with a policy. */
  let last: PolicyDocument | undefined;
  let isClosed = false;

  const about = computed(() => known.value?.text === text() && known.value?.version === version() ? known.value : undefined);
  const document = computed((): PolicyInSight | undefined => {
    const now = text();
    const read = now === undefined ? undefined : about.value?.document ?? (isLongText(now) && !isQuicklyRead(now) ? undefined : readPolicyDocument(now, version()));

    last = read?.policy ? read : now === undefined ? undefined : last;

    return read ? { ...read, isReading: false } : now === undefined ? undefined : { text: now, policy: last?.policy, findings: [], error: undefined, warnings: [], rangeOf: last?.rangeOf ?? (() => undefined), isReading: true };
  });
  const findings = computed((): readonly Finding[] | undefined => {
    const shown = document.value;

    return !shown || shown.isReading ? undefined : about.value?.findings ?? (isLongText(shown.text) ? undefined : findingsOfDocument(shown, version()));
  });

  watch([text, version], ([now, wanted]) => {
    if (now !== undefined && isLongText(now)) {
      reader.ask({ text: now, version: wanted }, (report) => {
        known.value = { text: now, version: wanted, document: documentOfReport(now, wanted, report), findings: report.allFindings };
        whenIdle(readOn);
      });
    }
  }, { immediate: true });
  onBeforeUnmount(() => {
    isClosed = true;
    reader.close();
  });

  /** The first edit of a rule would have to read all the others. */
  function readOn(): void {
    if (!isClosed && readAhead(text() ?? '', AHEAD)) {
      whenIdle(readOn);
    }
  }

  return {
    document,
    findings:   computed(() => findings.value ?? document.value?.findings ?? []),
    isChecking: computed(() => document.value !== undefined && findings.value === undefined),

    readNow() {
      const now = text();

      if (now !== undefined && document.value?.isReading) {
        known.value = { text: now, version: version(), document: readPolicyDocument(now, version()), findings: undefined };
      }
    }
  };
}
