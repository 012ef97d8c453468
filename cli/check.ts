/** `check`: whether kube-apiserver starts with each policy, and what is odd about it. */
import { findingsOfDocument } from '../audit/lint/report';
import { readPolicyDocument, type PolicyDocument } from '../audit/policy/document';
import type { Finding } from '../audit/policy/finding';
import { styleOf, type Style } from './style';
import { JSON_OUTPUT, KUBERNETES, kubernetesOf, type Command } from './command';
import { EXIT, textOf, UsageError, type ExitCode } from './io';
import { linesOfFinding } from './findings';
import { print, printJson, printProblem, type Line } from './print';
import type { Words } from './words';

export const CHECK: Command = {
  name:    'check',
  options: { ...KUBERNETES, ...JSON_OUTPUT },
  run:     async ({ values, files, io, t }) => {
    const kubernetes = kubernetesOf(values);
    const style = styleOf(io.out.isTerminal);
    const codes = new Set<ExitCode>();

    if (!files.length) {
      throw new UsageError('noFile');
    }
    for (const file of files) {
      try {
        const document = readPolicyDocument(await textOf(file, io), kubernetes);
        const findings = findingsOfDocument(document, kubernetes);

        await (values['json'] ? printJson(io.out, reportOf(file, document, findings, t)) : print(io.out, linesOf(file, document, findings, kubernetes, t, style)));
        codes.add(document.error === undefined ? EXIT.done : EXIT.no);
      } catch (error) {
        if (!(error instanceof UsageError)) {
          throw error;
        }
        await printProblem(io, t(`cli.error.${ error.key }`, error.params)); // the other files are still checked
        codes.add(EXIT.usage);
      }
    }

    return [EXIT.usage, EXIT.no].find((code) => codes.has(code)) ?? EXIT.done;
  }
};

function reportOf(file: string, { error, warnings }: PolicyDocument, findings: readonly Finding[], t: Words): object {
  return {
    file,
    accepted: error === undefined,
    error:    error ?? null,
    warnings,
    findings: findings.map(({ code, severity, at, params }) => ({ code, severity, path: at.path, range: at.range ?? null, params, text: t(`finding.${ code }`, params) }))
  };
}

function linesOf(file: string, { error }: PolicyDocument, findings: readonly Finding[], kubernetes: string, t: Words, style: Style): readonly Line[] {
  const lines = findings.flatMap((finding) => linesOfFinding(finding, `${ file }${ finding.at.range ? `:${ finding.at.range.start.line }:${ finding.at.range.start.column }` : '' }`, t, style));
  const verdict = error === undefined ? style.good(t('cli.check.accepted', { version: kubernetes })) : style.severity('block', t('cli.check.refused', { version: kubernetes }));

  return [...lines, [`${ file }: `, verdict]];
}
