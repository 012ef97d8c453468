/** A finding about a policy's text in words. */
import type { Finding } from '../audit/policy/finding';
import type { Line } from './print';
import type { Style } from './style';
import type { Words } from './words';

/** A finding as a line of text, and what Kubernetes itself prints below it; `place` is where it is. */
export function linesOfFinding({ code, severity, params }: Finding, place: string, t: Words, style: Style): readonly Line[] {
  const upstream = params['upstream'] === undefined ? [] : String(params['upstream']).split('\n');
  const name = t(`cli.severity.${ severity }`);
  const words = t(`finding.${ code }`, params);

  return [
    [`${ place }: `, style.severity(severity, name), `: ${ words } [${ code }]`],
    ...upstream.map((line) => ['    ', style.dim(line)])
  ];
}
