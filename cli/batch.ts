/** `batch`: JSON lines in, JSON lines out, in order and one at a time. */
import { canonicalPolicy } from '../audit/policy/canonical';
import { readPolicyDocument } from '../audit/policy/document';
import { requestOf, type RequestFields } from '../audit/request/attributes';
import { compilePolicy, type CompiledPolicy } from '../audit/request/compile';
import { kubernetesOf, type Command } from './command';
import { EXIT, linesOf, UsageError, type ExitCode } from './io';

interface Question {
  readonly policy: string;
  readonly requests: readonly RequestFields[];
  readonly kubernetes: string;
}

export const BATCH: Command = {
  name:    'batch',
  options: {},
  run:     async ({ files, io, t }) => {
    let code: ExitCode = EXIT.done;

    if (files.length) {
      throw new UsageError('noFiles');
    }
    for await (const line of linesOf(io.stdin)) {
      if (line.trim()) {
        let answer: object;

        try {
          answer = answerTo(questionOf(line));
        } catch (error) {
          if (!(error instanceof UsageError)) {
            throw error;
          }
          answer = { accepted: false, error: t(`cli.error.${ error.key }`, error.params), warnings: [] };
          code = EXIT.usage;
        }
        await io.out.write(`${ JSON.stringify(answer) }\n`);
      }
    }

    return code;
  }
};

function questionOf(line: string): Question {
  let value: unknown;

  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UsageError('line', { reason: error instanceof Error ? error.message : String(error) });
  }
  const { policy, requests, kubernetes } = (value ?? {}) as { policy?: unknown; requests?: unknown; kubernetes?: string | undefined };

  if (typeof policy !== 'string') {
    throw new UsageError('line', { reason: 'policy: string' });
  }
  const list: unknown = requests ?? [];

  if (!Array.isArray(list) || !list.every((request) => typeof request === 'object' && request !== null)) {
    throw new UsageError('line', { reason: 'requests: object[]' });
  }

  return { policy, requests: list as RequestFields[], kubernetes: kubernetesOf({ kubernetes }) };
}

function answerTo({ policy, requests, kubernetes }: Question): object {
  const document = readPolicyDocument(policy, kubernetes);
  const { error, warnings } = document;

  if (error !== undefined || !document.policy) {
    return { accepted: false, error: error ?? null, warnings };
  }
  const decide: CompiledPolicy = compilePolicy(document.policy);
  const decisions = requests.map((request) => {
    const { level, rule, omitStages, omitManagedFields } = decide(requestOf(request));

    return { level, rule: rule ?? null, omitStages: [...omitStages].sort(), omitManagedFields };
  });

  return { accepted: true, error: null, warnings, policy: canonicalPolicy(document.policy), decisions };
}
