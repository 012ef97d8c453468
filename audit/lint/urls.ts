/**
 * Paths of a rule that match no request, or fewer than they seem to.
 *
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go: paths are decoded and have no query; those of resources are never compared.
 */
import type { Finding } from '../policy/finding';
import { matchesPath } from '../request/mismatch';
import { requestOfHttp } from '../request/requestInfo';
import { note, warning } from './finding';
import type { Linted } from './lint';

/** Findings about nonResourceURLs. */
export function findingsOfUrls({ policy: { rules } }: Linted): Finding[] {
  return rules.flatMap(({ nonResourceURLs = [] }, position) => nonResourceURLs.flatMap((url, index) => findingsOfUrl(url, nonResourceURLs, ['rules', position, 'nonResourceURLs', index])));
}

function findingsOfUrl(url: string, all: readonly string[], path: Finding['at']['path']): Finding[] {
  const parent = url.slice(0, -2);

  if (url.includes('?')) {
    return [warning('urlWithQuery', path, { url, wanted: url.replace(/\?.*/s, '') })];
  }
  if (isOfResource(url.replace(/\*+$/, ''))) {
    return [warning('urlOfResource', path, { url })];
  }

  return url.endsWith('/*') && parent && !all.some((other) => matchesPath(other, parent)) ? [note('urlBelow', path, { url, parent })] : [];
}

/** Whether a path, and so each that begins with it, is that of a resource. */
function isOfResource(path: string): boolean {
  return requestOfHttp('GET', path.replaceAll('%', '%25').replaceAll('#', '%23'), { user: '', groups: [] }).resourceRequest;
}
