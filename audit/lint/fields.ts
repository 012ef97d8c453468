/**
 * Unknown fields, which Kubernetes ignores: what was probably meant.
 *
 * Source: kubernetes/kubernetes#110116 (verbs under resources), gardener/gardener#12126 (verb).
 */
import type { Finding } from '../policy/finding';
import { warning } from './finding';
import type { Linted } from './lint';

const POLICY_FIELDS = ['apiVersion', 'kind', 'metadata', 'omitStages', 'omitManagedFields', 'rules'];
const RULE_FIELDS = ['level', 'users', 'userGroups', 'verbs', 'resources', 'namespaces', 'nonResourceURLs', 'omitStages', 'omitManagedFields'];
const GROUP_FIELDS = ['group', 'resources', 'resourceNames'];
/** By how deep in the text a field stands: in the policy, in a rule, in a group of resources. */
const LEVELS: ReadonlyMap<number, { readonly name: string; readonly fields: readonly string[] }> = new Map([
  [1, { name: 'policy', fields: POLICY_FIELDS }],
  [3, { name: 'rule', fields: RULE_FIELDS }],
  [5, { name: 'resources', fields: GROUP_FIELDS }]
]);
/** Letters to change, add or take away. */
const MAX_DISTANCE = 2;

/** A finding for each unknown field that belongs elsewhere, or that is nearly one. */
export function findingsOfFields({ findings }: Linted): Finding[] {
  return findings.filter(({ code }) => code === 'policy.unknownField').flatMap(({ at: { path } }): Finding[] => {
    const field = String(path.at(-1));
    const own = LEVELS.get(path.length);
    const meant = own && nearest(field, own.fields);
    const home = [...LEVELS.values()].find(({ fields }) => fields.includes(field));

    if (!own) {
      return [];
    }
    if (meant !== undefined) {
      return [warning('fieldMeant', path, { field, meant })];
    }

    return home ? [warning(`fieldOf.${ home.name }`, path, { field })] : [];
  });
}

function nearest(field: string, fields: readonly string[]): string | undefined {
  const near = fields.map((known) => ({ known, distance: distanceOf(field.toLowerCase(), known.toLowerCase()) })).sort((one, other) => one.distance - other.distance)[0];

  return near && near.distance <= Math.min(MAX_DISTANCE, Math.floor(field.length / 2)) ? near.known : undefined;
}

/** Levenshtein's distance; words of very different length are far apart without a look at them. */
function distanceOf(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_DISTANCE) {
    return Infinity;
  }
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);

  for (const [index, character] of [...one].entries()) {
    const next = [index + 1];

    for (let column = 0; column < other.length; column++) {
      next.push(Math.min((row[column] ?? 0) + (character === other[column] ? 0 : 1), (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }

  return row.at(-1) ?? 0;
}
