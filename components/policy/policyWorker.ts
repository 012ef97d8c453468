/**
 * The worker that reads long policies, so that typing in one is not held up.
 */
import { reportOf, type PolicyReport } from '../../audit/lint/report';

/** What the worker is asked. */
export interface PolicyQuestion {
  readonly text: string;
  readonly version: string | undefined;
}

/** What it answers, each question in its turn. */
export type PolicyAnswer = PolicyReport;

addEventListener('message', ({ data }: MessageEvent<PolicyQuestion>) => postMessage(reportOf(data.text, data.version)));
