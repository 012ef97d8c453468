/**
 * Why kube-apiserver would not start with a policy that it could decode.
 *
 * Source: k8s.io/apiserver/pkg/apis/audit/validation/validation.go and pkg/audit/policy/reader.go. `params.upstream` is
 * the message that it prints.
 */
import { fieldName, type Finding, type Path } from './finding';
import { goJson, goQuoted } from './goText';
import { LEVELS, STAGES, type GroupResources, type Policy, type PolicyRule } from './types';

/** Lower-case RFC 1123 subdomain, as apimachinery's IsDNS1123Subdomain. */
const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${ DNS_LABEL }(\\.${ DNS_LABEL })*`;
const IS_DNS_SUBDOMAIN = new RegExp(`^${ DNS_SUBDOMAIN }$`);
const MAX_DNS_SUBDOMAIN = 253;
/** The minor version from which on the group `*` stands for every group: kubernetes/kubernetes#135262. */
const ANY_GROUP_SINCE = 36;

/** From this minor version on messages print lists as JSON, before as Go source: apimachinery, field/errors.go. */
const JSON_VALUES_SINCE = 34;

/** Findings for all that is wrong with a decoded policy for a minor version of Kubernetes, in kube-apiserver's order. */
export function findingsOfPolicy(policy: Policy, minor: number): Finding[] {
  const findings = [
    ...findingsOfStages(policy.omitStages, ['omitStages']),
    ...policy.rules.flatMap((rule, index) => findingsOfRule(rule, ['rules', index], minor))
  ];

  return findings.length || policy.rules.length ? findings : [{ ...refused('policy.noRules', ['rules'], ''), params: { field: 'rules', upstream: 'loaded illegal policy with 0 rules' } }];
}

function findingsOfRule(rule: PolicyRule, path: Path, minor: number): Finding[] {
  return [
    ...findingsOfLevel(rule.level, [...path, 'level'], minor),
    ...(rule.nonResourceURLs ?? []).flatMap((url, index) => findingsOfUrl(url, [...path, 'nonResourceURLs', index])),
    ...(rule.resources ?? []).flatMap((group, index) => findingsOfGroup(group, [...path, 'resources', index], minor)),
    ...findingsOfStages(rule.omitStages, [...path, 'omitStages']),
    ...findingsOfMix(rule, [...path, 'nonResourceURLs'], minor)
  ];
}

function findingsOfLevel(level: string, path: Path, minor: number): Finding[] {
  if (!level) {
    return [refused('policy.levelMissing', path, 'Required value')];
  }
  if (!(LEVELS as readonly string[]).includes(level)) {
    return [refused('policy.levelUnknown', path, `Unsupported value: ${ minor >= JSON_VALUES_SINCE ? goJson(level) : goQuoted(level) }: supported values: ${ LEVELS.map(goQuoted).join(', ') }`, { got: level, wanted: LEVELS.join(', ') })];
  }

  return [];
}

function findingsOfUrl(url: string, path: Path): Finding[] {
  const findings: Finding[] = [];

  if (url !== '*' && !url.startsWith('/')) {
    findings.push(refused('policy.urlSlash', path, `Invalid value: ${ goQuoted(url) }: non-resource URL rules must begin with a '/' character`, { got: url }));
  }
  if (url !== '' && url.slice(0, -1).includes('*')) {
    findings.push(refused('policy.urlWildcard', path, `Invalid value: ${ goQuoted(url) }: non-resource URL wildcards '*' must be the final character of the rule`, { got: url }));
  }

  return findings;
}

function findingsOfGroup({ group = '', resources, resourceNames }: GroupResources, path: Path, minor: number): Finding[] {
  const findings: Finding[] = [];
  const upstreamField = fieldName(path.slice(0, -1)); // upstream leaves the group's index out

  const isKnownWildcard = group === '*' && minor >= ANY_GROUP_SINCE;
  const reasons = group === '' || isKnownWildcard ? [] : reasonsAgainstSubdomain(group);

  if (reasons.length) {
    findings.push(refused(group === '*' ? 'policy.groupWildcard' : 'policy.groupName', [...path, 'group'], `Invalid value: ${ goQuoted(group) }: ${ reasons.join(',') }`, { got: group }, `${ upstreamField }.group`));
  }
  if (resourceNames?.length && !resources?.length) {
    findings.push(refused('policy.namesWithoutResources', [...path, 'resourceNames'], `Invalid value: ${ goList(resourceNames, minor) }: using resourceNames requires at least one resource`, {}, `${ upstreamField }.resourceNames`));
  }

  return findings;
}

/** Source: k8s.io/apimachinery/pkg/util/validation (IsDNS1123Subdomain). */
function reasonsAgainstSubdomain(name: string): string[] {
  return [
    ...(new TextEncoder().encode(name).length > MAX_DNS_SUBDOMAIN ? [`must be no more than ${ MAX_DNS_SUBDOMAIN } characters`] : []),
    ...(IS_DNS_SUBDOMAIN.test(name) ? [] : [`a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${ DNS_SUBDOMAIN }')`])
  ];
}

function findingsOfStages(stages: readonly string[] = [], path: Path): Finding[] {
  return stages.flatMap((stage, index) => (STAGES as readonly string[]).includes(stage)
    ? []
    : [refused('policy.stageUnknown', [...path, index], `Invalid value: ${ goQuoted(stage) }: allowed stages are ${ STAGES.join(',') }`, { got: stage, wanted: STAGES.join(', ') })]);
}

function findingsOfMix(rule: PolicyRule, path: Path, minor: number): Finding[] {
  const mixed = rule.nonResourceURLs?.length && (rule.resources?.length || rule.namespaces?.length);

  return mixed ? [refused('policy.mixedRule', path, `Invalid value: ${ goList(rule.nonResourceURLs, minor) }: rules cannot apply to both regular resources and non-resource URLs`)] : [];
}

function refused(code: string, path: Path, message: string, params: Finding['params'] = {}, upstreamField = fieldName(path)): Finding {
  return { code, severity: 'block', at: { object: 'policy', path }, params: { field: fieldName(path), ...params, upstream: `${ upstreamField }: ${ message }` } };
}

function goList(list: readonly string[] | undefined, minor: number): string {
  return minor >= JSON_VALUES_SINCE ? goJson(list) : `[]string{${ (list ?? []).map(goQuoted).join(', ') }}`;
}
