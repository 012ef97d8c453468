// What the builder offers for a field, and what it says of the forms of a resource.
import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { LEVELS, RULE_LISTS, type GroupResources, type PolicyRule, type RuleList } from '../../../../audit/policy/types';
import { findSuggestions, MAX_SHOWN } from '../../../../audit/request/findSuggestions';
import { knownNames, type NamesOfCluster } from '../../../../audit/request/knownNames';
import { matchesResource } from '../../../../audit/request/mismatch';
import { byForm, formOf, PATTERN_FORMS, type PatternForm } from '../../../../audit/request/patternForm';
import { groupSuggestions, resourceSuggestions, suggestionsFor, type Suggestion } from '../../../../audit/request/suggestions';
import { casesOf } from '../../tables';

interface Case {
  readonly kubernetes?: string;
  /** Whether the names of a cluster are known. */
  readonly cluster?: boolean;
  readonly field: RuleList | 'group' | 'resources';
  readonly rule?: PolicyRule;
  readonly group?: GroupResources;
  readonly typed?: string;
  readonly first: readonly string[];
  readonly never?: readonly string[];
}

const USUAL = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const CLUSTER: NamesOfCluster = {
  resources: [
    { group: 'cert-manager.io', resource: 'certificates', kind: 'Certificate', otherNames: ['certificate', 'cert'], isNamespaced: true, verbs: USUAL, subresources: new Map([['status', ['get', 'patch', 'update']]]) },
    { group: 'cert-manager.io', resource: 'clusterissuers', kind: 'ClusterIssuer', otherNames: ['clusterissuer'], isNamespaced: false, verbs: USUAL, subresources: new Map() },
    { group: '', resource: 'secrets', kind: 'Other', otherNames: [], isNamespaced: false, verbs: [], subresources: new Map() }
  ],
  namespaces: ['default', 'web-shop']
};

function offered({ kubernetes, cluster, field, rule = { level: 'None' }, group = {} }: Case): readonly Suggestion[] {
  const names = knownNames(kubernetes, cluster ? CLUSTER : undefined);

  return field === 'group' ? groupSuggestions(names) : field === 'resources' ? resourceSuggestions(group, names) : suggestionsFor(field, rule, names);
}

function chosen({ field, rule, group }: Case): readonly string[] {
  return (field === 'group' ? [] : field === 'resources' ? group?.resources : rule?.[field]) ?? [];
}

describe('what can be picked', () => {
  it.each(casesOf<Case>('request/suggestions'))('$name', (given) => {
    const { shown } = findSuggestions(offered(given), given.typed ?? '', chosen(given));

    expect(shown.slice(0, given.first.length).map(({ value, about }) => about ? `${ value } ${ about.key }` : value)).toEqual(given.first);
    expect(shown.map(({ value }) => value).filter((value) => given.never?.includes(value))).toEqual([]);
  });

  it('is cut where nobody would read on, and says how much is left', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ value: `name-${ index }` }));

    expect(findSuggestions(many, '').shown).toHaveLength(MAX_SHOWN);
    expect(findSuggestions(many, '').more).toBe(500 - MAX_SHOWN);
    expect(findSuggestions(many, 'name-499')).toEqual({ shown: [{ value: 'name-499' }], more: 0 });
  });

  it('has words for all that is said of it', () => {
    const { clusterAudit: { suggestion: words } } = load(readFileSync(resolve(__dirname, '../../../../l10n/en-us.yaml'), 'utf8')) as { clusterAudit: { suggestion: Record<string, Record<string, string>> } };
    const names = knownNames(undefined, { ...CLUSTER, resources: CLUSTER.resources.flatMap((entry) => [entry, { ...entry, resource: `some-${ entry.resource }`, group: 'example.com', isNamespaced: !entry.isNamespaced, subresources: CLUSTER.resources[0]?.subresources ?? new Map<string, string[]>() }, { ...entry, resource: `other-${ entry.resource }`, group: 'example.com', subresources: new Map<string, string[]>() }]) });
    const rules: PolicyRule[] = [{ level: LEVELS[0] }, { level: 'None', resources: [{ resources: ['pods', 'pods/log'] }] }];
    const all = [...groupSuggestions(names), ...resourceSuggestions({ group: '*' }, names), ...RULE_LISTS.flatMap((field) => rules.flatMap((rule) => suggestionsFor(field, rule, names)))];
    const said = [...new Set(all.flatMap(({ about }) => about ? [`${ about.of }.${ about.key }`] : []))].sort();

    expect(said).toEqual(Object.entries(words).flatMap(([of, keys]) => Object.keys(keys).map((key) => `${ of }.${ key }`)).sort());
  });
});

describe('the form of an entry of resources', () => {
  const REQUESTS = ['pods', 'pods/log', 'deployments/scale', 'pods/scale'];

  it.each(casesOf<{ pattern: string; form: PatternForm; matches: readonly string[] }>('request/pattern-forms'))('$name: $pattern', ({ pattern, form, matches }) => {
    const matched = REQUESTS.filter((request) => {
      const [resource = '', subresource = ''] = request.split('/');

      return matchesResource(pattern, resource, subresource);
    });

    expect([formOf(pattern), matched]).toEqual([form, matches]);
  });

  it('puts entries of one form together', () => {
    expect([...byForm(['pods/log', 'pods', '*', 'secrets'])]).toEqual([['resource', ['pods', 'secrets']], ['subresource', ['pods/log']], ['everything', ['*']]]);
    expect(PATTERN_FORMS).toContain('nothing');
  });
});
