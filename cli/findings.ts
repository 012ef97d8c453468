/** A finding about a policy's text in words. */
import type { Finding } from '../audit/policy/finding';
import type { Style } from './style';
import type { Words } from './words';

/** A finding as a line of text, with what Kubernetes itself prints below it; `place` is where it is. */
export function findingLine({ code, severity, params }: Finding, place: string, t: Words, style: Style): string {
  const upstream = params['upstream'] === undefined ? '' : `\n    ${ style.dim(String(params['upstream'])) }`;

  return `${ place }: ${ style.severity(severity, t(`cli.severity.${ severity }`)) }: ${ t(`finding.${ code }`, params) } [${ code }]${ upstream }\n`;
}
