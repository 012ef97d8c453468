/** Lines of a policy's text that stand for a rule which something is to be said of. */
export interface LineMark {
  /** Counted from 1; both are marked. */
  readonly from: number;
  readonly to: number;
  readonly kind: 'open' | 'decides' | 'passed' | 'unreached';
}
