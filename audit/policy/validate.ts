/**
 * Why kube-apiserver would not start with a policy that it could decode.
 *
 * Source: k8s.io/apiserver/pkg/apis/audit/validation/validation.go and pkg/audit/policy/reader.go. `params.upstream` is
 * the message that it prints.
 */
import type { Decoded } from './decode';
import { fieldName, type Finding, type Path } from './finding';
import { API_VERSION, KIND, LEVELS, STAGES, type GroupResources, type Policy, type PolicyRule } from './types';

/** Lower-case RFC 1123 subdomain, as apimachinery's IsDNS1123Subdomain. */
const DNS_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = `${ DNS_LABEL }(\\.${ DNS_LABEL })*`;
const IS_DNS_SUBDOMAIN = new RegExp(`^${ DNS_SUBDOMAIN }$`);
const MAX_DNS_SUBDOMAIN = 253;
/** The minor version from which on the group `*` stands for every group: kubernetes/kubernetes#135262. */
const ANY_GROUP_SINCE = 36;

/** Findings for all that is wrong with a decoded policy for a minor version of Kubernetes, in kube-apiserver's order. */
export function findingsOfPolicy({ policy, apiVersion, kind }: Decoded & { policy: Policy }, minor: number): Finding[] {
  const versionFindings = findingsOfType(apiVersion, kind);

  if (versionFindings.length) {
    return versionFindings;
  }
  if (!policy.rules.length) {
    const stages = findingsOfStages(policy.omitStages, ['omitStages']);

    return stages.length ? stages : [refused('policy.noRules', ['rules'], 'loaded illegal policy with 0 rules')];
  }

  return [
    ...findingsOfStages(policy.omitStages, ['omitStages']),
    ...policy.rules.flatMap((rule, index) => findingsOfRule(rule, ['rules', index], minor))
  ];
}

/** A missing kind is taken from the expected type; a missing apiVersion is not. */
function findingsOfType(apiVersion: unknown, kind: unknown): Finding[] {
  if (apiVersion !== API_VERSION) {
    return [refused('policy.apiVersion', ['apiVersion'], `no kind "Policy" is registered for version "${ shown(apiVersion) }"`, { got: shown(apiVersion), wanted: API_VERSION })];
  }
  if (kind !== undefined && kind !== null && kind !== '' && kind !== KIND) {
    return [refused('policy.kind', ['kind'], `no kind "${ shown(kind) }" is registered for version "${ API_VERSION }"`, { got: shown(kind), wanted: KIND })];
  }

  return [];
}

function findingsOfRule(rule: PolicyRule, path: Path, minor: number): Finding[] {
  return [
    ...findingsOfLevel(rule.level, [...path, 'level']),
    ...(rule.nonResourceURLs ?? []).flatMap((url, index) => findingsOfUrl(url, [...path, 'nonResourceURLs', index])),
    ...(rule.resources ?? []).flatMap((group, index) => findingsOfGroup(group, [...path, 'resources', index], minor)),
    ...findingsOfStages(rule.omitStages, [...path, 'omitStages']),
    ...findingsOfMix(rule, [...path, 'nonResourceURLs'])
  ];
}

function findingsOfLevel(level: string, path: Path): Finding[] {
  if (!level) {
    return [refused('policy.levelMissing', path, 'Required value')];
  }
  if (!(LEVELS as readonly string[]).includes(level)) {
    return [refused('policy.levelUnknown', path, `Unsupported value: ${ json(level) }: supported values: ${ LEVELS.map(json).join(', ') }`, { got: level, wanted: LEVELS.join(', ') })];
  }

  return [];
}

function findingsOfUrl(url: string, path: Path): Finding[] {
  const findings: Finding[] = [];

  if (url !== '*' && !url.startsWith('/')) {
    findings.push(refused('policy.urlSlash', path, `Invalid value: ${ json(url) }: non-resource URL rules must begin with a '/' character`, { got: url }));
  }
  if (url !== '' && url.slice(0, -1).includes('*')) {
    findings.push(refused('policy.urlWildcard', path, `Invalid value: ${ json(url) }: non-resource URL wildcards '*' must be the final character of the rule`, { got: url }));
  }

  return findings;
}

function findingsOfGroup({ group = '', resources, resourceNames }: GroupResources, path: Path, minor: number): Finding[] {
  const findings: Finding[] = [];
  const upstreamField = fieldName(path.slice(0, -1)); // upstream leaves the group's index out

  const isKnownWildcard = group === '*' && minor >= ANY_GROUP_SINCE;

  if (group !== '' && !isKnownWildcard && !(IS_DNS_SUBDOMAIN.test(group) && group.length <= MAX_DNS_SUBDOMAIN)) {
    const reason = 'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, \'-\' or \'.\', and must start and end with an alphanumeric character';

    findings.push(refused(group === '*' ? 'policy.groupWildcard' : 'policy.groupName', [...path, 'group'], `Invalid value: ${ json(group) }: ${ reason } (e.g. 'example.com', regex used for validation is '${ DNS_SUBDOMAIN }')`, { got: group }, `${ upstreamField }.group`));
  }
  if (resourceNames?.length && !resources?.length) {
    findings.push(refused('policy.namesWithoutResources', [...path, 'resourceNames'], `Invalid value: ${ json(resourceNames) }: using resourceNames requires at least one resource`, {}, `${ upstreamField }.resourceNames`));
  }

  return findings;
}

function findingsOfStages(stages: readonly string[] = [], path: Path): Finding[] {
  return stages.flatMap((stage, index) => (STAGES as readonly string[]).includes(stage)
    ? []
    : [refused('policy.stageUnknown', [...path, index], `Invalid value: ${ json(stage) }: allowed stages are ${ STAGES.join(',') }`, { got: stage, wanted: STAGES.join(', ') })]);
}

function findingsOfMix(rule: PolicyRule, path: Path): Finding[] {
  const mixed = rule.nonResourceURLs?.length && (rule.resources?.length || rule.namespaces?.length);

  return mixed ? [refused('policy.mixedRule', path, `Invalid value: ${ json(rule.nonResourceURLs) }: rules cannot apply to both regular resources and non-resource URLs`)] : [];
}

function refused(code: string, path: Path, message: string, params: Finding['params'] = {}, upstreamField = fieldName(path)): Finding {
  return { code, severity: 'block', at: { object: 'policy', path }, params: { field: fieldName(path), ...params, upstream: `${ upstreamField }: ${ message }` } };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : json(value);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
