/**
 * What an entry of a rule's `resources` covers, by its form alone.
 *
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go (ruleMatchesResource), as `matchesResource` has it.
 */

export const PATTERN_FORMS = ['resource', 'subresource', 'withSubresources', 'ofAnyResource', 'everything', 'nothing'] as const;

/**
 * `pods`: the resource without its subresources. `pods/log`: that subresource. `pods/*`: the resource with all of them. `*\/scale`: that
 * subresource of every resource. `*`: everything in the group. Any other form matches no request.
 */
export type PatternForm = typeof PATTERN_FORMS[number];

/** The form of an entry. */
export function formOf(pattern: string): PatternForm {
  const [resource = '', subresource, ...more] = pattern.split('/');

  switch (true) {
    case pattern === '*':
      return 'everything';
    case more.length > 0 || resource === '' || subresource === '' || pattern === '*/*' || (resource !== '*' && resource.includes('*')) || (subresource !== undefined && subresource !== '*' && subresource.includes('*')):
      return 'nothing';
    case subresource === undefined:
      return 'resource';
    case subresource === '*':
      return 'withSubresources';
    default:
      return resource === '*' ? 'ofAnyResource' : 'subresource';
  }
}

/** Entries by what they cover, in the order of the forms; forms that no entry has are left out. */
export function byForm(patterns: readonly string[]): ReadonlyMap<PatternForm, readonly string[]> {
  const groups = PATTERN_FORMS.map((form): [PatternForm, string[]] => [form, patterns.filter((pattern) => formOf(pattern) === form)]);

  return new Map(groups.filter(([, those]) => those.length > 0));
}
