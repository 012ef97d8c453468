/** `batch`: JSON lines in, JSON lines out, in order and one at a time. */
import { canonicalPolicy } from '../audit/policy/canonical';
import { readPolicyDocument } from '../audit/policy/document';
import { requestOf, type RequestFields } from '../audit/request/attributes';
import { compilePolicy, type CompiledPolicy } from '../audit/request/compile';
import type { Command } from './command';
import { EXIT, linesOf, UsageError, type ExitCode } from './io';
import { printJson } from './print';
import { questionOf, type Question } from './question';

/** What the text of a policy comes to in a version of Kubernetes; without a `decide` it is refused. */
interface Judged {
  readonly policy: string;
  readonly kubernetes: string;
  readonly verdict: object;
  readonly decide: CompiledPolicy | undefined;
}

export const BATCH: Command = {
  name:    'batch',
  options: {},
  run:     async ({ files, io, t }) => {
    let code: ExitCode = EXIT.done;
    let last: Judged | undefined;

    if (files.length) {
      throw new UsageError('noFiles');
    }
    for await (const line of linesOf(io.stdin)) {
      if (line.trim()) {
        let answer: object;

        try {
          const question = questionOf(line);

          // Many lines may ask about one policy.
          last = last?.policy === question.policy && last.kubernetes === question.kubernetes ? last : judge(question);
          answer = answerOf(last, question);
        } catch (error) {
          if (!(error instanceof UsageError)) {
            throw error;
          }
          answer = { accepted: false, error: t(`cli.error.${ error.key }`, error.params), warnings: [] };
          code = EXIT.usage;
        }
        await printJson(io.out, answer);
      }
    }

    return code;
  }
};

function judge({ policy, kubernetes }: Question): Judged {
  const document = readPolicyDocument(policy, kubernetes);
  const { error, warnings } = document;

  return error !== undefined || !document.policy
    ? { policy, kubernetes, verdict: { accepted: false, error: error ?? null, warnings }, decide: undefined }
    : { policy, kubernetes, verdict: { accepted: true, error: null, warnings, policy: canonicalPolicy(document.policy) }, decide: compilePolicy(document.policy) };
}

function answerOf({ verdict, decide }: Judged, { requests }: Question): object {
  return decide ? { ...verdict, decisions: requests.map((request) => decisionOf(decide, request)) } : verdict;
}

function decisionOf(decide: CompiledPolicy, request: RequestFields): object {
  const { level, rule, omitStages, omitManagedFields } = decide(requestOf(request));

  return { level, rule: rule ?? null, omitStages: [...omitStages].sort(), omitManagedFields };
}
