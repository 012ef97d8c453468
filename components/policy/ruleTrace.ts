/** How a policy came to decide a request, for the list of its rules. */
export interface RuleTrace {
  /** Undefined where no rule matches. */
  readonly decidedBy: number | undefined;
  /** Why a rule before it does not match, in words, by the rule's index. */
  readonly reasons: Pick<ReadonlyMap<number, string>, 'get'>;
}
