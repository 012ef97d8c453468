/**
 * The list of a policy's expectations behind its text: read where someone else wrote it, and written on each edit.
 */
import { computed, shallowRef, type ComputedRef } from 'vue';

import type { Finding } from '../../audit/policy/finding';
import { excessOf, readExpectations, textOfExpectations, type ExpectationFile } from '../../audit/request/expectationFile';
import type { Expectation } from '../../audit/request/expectations';

export interface Expectations {
  readonly file: ComputedRef<ExpectationFile>;
  /** Writes a list, or says why it is too much and writes nothing. */
  set(expectations: readonly Expectation[]): readonly Finding[];
}

const NOTHING: ExpectationFile = { expectations: [], findings: [] };

/** The list in a text; `write` gets the text of the next one. */
export function useExpectations(text: () => string, write: (text: string) => void): Expectations {
  /** What was written last needs no reading. */
  const own = shallowRef({ text: '', file: NOTHING });

  return {
    file: computed(() => text() === '' ? NOTHING : text() === own.value.text ? own.value.file : readExpectations(text())),

    set(expectations) {
      const next = textOfExpectations(expectations);
      const excess = excessOf(expectations, next);

      if (excess.length) {
        return excess;
      }
      own.value = { text: next, file: { expectations, findings: [] } };
      write(next);

      return [];
    }
  };
}
