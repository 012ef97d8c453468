/** All that is to say about a policy's text: what kube-apiserver would, and what lint finds in what it accepts. */
import { findingsOfLint } from '../audit/lint/lint';
import type { PolicyDocument } from '../audit/policy/document';
import type { Finding } from '../audit/policy/finding';
import type { Style } from './style';
import type { Words } from './words';

/** The findings of a document, with the places of the values that they are about. */
export function findingsOfDocument({ policy, error, findings, rangeOf }: PolicyDocument, kubernetes: string): readonly Finding[] {
  const found = policy && error === undefined ? findingsOfLint(policy, findings, kubernetes) : [];

  return [...findings, ...found.map((finding) => {
    const range = rangeOf(finding.at.path);

    return { ...finding, at: { ...finding.at, ...(range ? { range } : {}) } };
  })];
}

/** A finding as a line of text, with what Kubernetes itself prints below it; `place` is where it is. */
export function findingLine({ code, severity, params }: Finding, place: string, t: Words, style: Style): string {
  const upstream = params['upstream'] === undefined ? '' : `\n    ${ style.dim(String(params['upstream'])) }`;

  return `${ place }: ${ style.severity(severity, t(`cli.severity.${ severity }`)) }: ${ t(`finding.${ code }`, params) } [${ code }]${ upstream }\n`;
}
