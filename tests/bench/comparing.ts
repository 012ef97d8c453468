/** What a comparison with its summary costs for policies that name far too much, and an import of as many expectations as a file may have: in milliseconds. */
import { MAX_EXPECTATIONS } from '../../audit/request/expectationFile';
import { comparePolicies } from '../../audit/request/compare';
import { withExpectations, type Expectation } from '../../audit/request/expectations';
import { summaryOf } from '../../audit/request/summary';
import { millisecondsOf } from './figures';
import { hostilePolicies } from './policies';

/** So often is each measured. */
export const COMPARISONS = 3;

/** By what is too many, how long it takes. */
export function benchOfComparing(): object {
  const expectations = Array.from({ length: MAX_EXPECTATIONS }, (_, index): Expectation => ({ level: 'None', asked: { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line: `get pod p${ index }` } } }));

  return {
    ...Object.fromEntries(hostilePolicies().map(([what, { rules }]) => [what, millisecondsOf(COMPARISONS, () => {
      comparePolicies({ rules }, { rules: rules.toReversed() });
      summaryOf({ rules });
    })])),
    'expectations': millisecondsOf(COMPARISONS, () => withExpectations(expectations, expectations))
  };
}
