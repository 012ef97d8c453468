/**
 * A finding in words.
 */
import type { Finding } from '../audit/policy/finding';
import type { Texts } from './useTexts';

/** One or two sentences; what Kubernetes itself prints is not among them. */
export function findingText({ code, params }: Finding, t: Texts): string {
  return t(`finding.${ code }`, params);
}

/** The line of the text that a finding is about; empty where it has none. */
export function placeText({ at }: Finding, t: Texts): string {
  return at.range ? t('finding.line', { line: at.range.start.line }) : '';
}

/** The words of all findings that stop a save, one a line, with what Kubernetes itself prints. */
export function blockingText(findings: readonly Finding[], t: Texts): string {
  return findings
    .filter(({ severity }) => severity === 'block')
    .map((finding) => [placeText(finding, t), findingText(finding, t), finding.params['upstream']].filter(Boolean).join(' '))
    .join('\n');
}
