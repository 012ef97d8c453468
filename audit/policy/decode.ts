/**
 * From plain values to a Policy, with a finding for each value that kube-apiserver's decoder refuses or ignores.
 *
 * Source: k8s.io/apiserver/pkg/audit/policy/reader.go (strict decoding, then lenient with a warning).
 */
import { fieldName, type Finding, type Path, type Severity } from './finding';
import { RULE_LISTS, type GroupResources, type Policy, type PolicyRule } from './types';

type Fields = Readonly<Record<string, unknown>>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What decoding gives; `policy` is undefined when kube-apiserver would fail to decode the value. */
export interface Decoded {
  readonly policy: Policy | undefined;
  readonly apiVersion: unknown;
  readonly kind: unknown;
  readonly findings: readonly Finding[];
}

const POLICY_FIELDS = ['apiVersion', 'kind', 'metadata', 'omitStages', 'omitManagedFields', 'rules'];
const RULE_FIELDS = ['level', 'resources', 'omitManagedFields', ...RULE_LISTS];
const GROUP_FIELDS = ['group', 'resources', 'resourceNames'];

/** Decodes what a policy text holds, already turned into plain JavaScript values. */
export function decodePolicy(value: unknown): Decoded {
  const decoder = new Decoder();
  const policy = isFields(value) ? decoder.policy(value) : decoder.notAPolicy(value);
  const fields = isFields(value) ? value : {};

  return {
    policy:     decoder.refused ? undefined : policy,
    apiVersion: fields['apiVersion'],
    kind:       fields['kind'],
    findings:   decoder.findings
  };
}

/** Collects findings on the way down; a class only for that. */
class Decoder {
  readonly findings: Finding[] = [];
  refused = false;

  notAPolicy(value: unknown): undefined {
    this.#wrongType(value, [], 'object');
  }

  policy(fields: Fields): Policy {
    this.#unknownFields(fields, POLICY_FIELDS, []);

    return {
      ...this.#strings(fields, 'omitStages', []),
      ...this.#boolean(fields, 'omitManagedFields', []),
      rules: this.#list(fields['rules'], ['rules']).map((rule, index) => this.#rule(rule, ['rules', index]))
    };
  }

  #rule(value: unknown, path: Path): PolicyRule {
    const fields = this.#fields(value, path);
    const rule: Mutable<PolicyRule> = { level: this.#string(fields['level'], [...path, 'level']) };

    this.#unknownFields(fields, RULE_FIELDS, path);
    for (const name of RULE_LISTS) {
      Object.assign(rule, this.#strings(fields, name, path));
    }
    if (present(fields['resources'])) {
      const groups = [...path, 'resources'];

      rule.resources = this.#list(fields['resources'], groups).map((group, index) => this.#group(group, [...groups, index]));
    }

    return Object.assign(rule, this.#boolean(fields, 'omitManagedFields', path));
  }

  #group(value: unknown, path: Path): GroupResources {
    const fields = this.#fields(value, path);

    this.#unknownFields(fields, GROUP_FIELDS, path);

    return {
      ...(present(fields['group']) ? { group: this.#string(fields['group'], [...path, 'group']) } : {}),
      ...this.#strings(fields, 'resources', path),
      ...this.#strings(fields, 'resourceNames', path)
    };
  }

  #strings<Name extends string>(fields: Fields, name: Name, path: Path): { [K in Name]?: string[] } {
    const at = [...path, name];

    return present(fields[name]) ? { [name]: this.#list(fields[name], at).map((item, index) => this.#string(item, [...at, index])) } as { [K in Name]?: string[] } : {};
  }

  #boolean<Name extends string>(fields: Fields, name: Name, path: Path): { [K in Name]?: boolean } {
    const value = fields[name];

    if (!present(value)) {
      return {};
    }
    if (typeof value !== 'boolean') {
      this.#wrongType(value, [...path, name], 'boolean');
    }

    return { [name]: value === true } as { [K in Name]?: boolean };
  }

  #fields(value: unknown, path: Path): Fields {
    if (present(value) && !isFields(value)) {
      this.#wrongType(value, path, 'object');
    }

    return isFields(value) ? value : {};
  }

  #list(value: unknown, path: Path): readonly unknown[] {
    if (present(value) && !Array.isArray(value)) {
      this.#wrongType(value, path, 'array');
    }

    return Array.isArray(value) ? value : [];
  }

  /** null is the zero value of a Go string. */
  #string(value: unknown, path: Path): string {
    if (present(value) && typeof value !== 'string') {
      this.#wrongType(value, path, 'string');
    }

    return typeof value === 'string' ? value : '';
  }

  #unknownFields(fields: Fields, known: readonly string[], path: Path): void {
    for (const field of Object.keys(fields)) {
      if (!known.includes(field)) {
        this.#add('policy.unknownField', 'warn', [...path, field], { field });
      }
    }
  }

  #wrongType(value: unknown, path: Path, wanted: string): void {
    this.refused = true;
    this.#add('policy.wrongType', 'block', path, { field: fieldName(path), wanted, got: jsonType(value) });
  }

  #add(code: string, severity: Severity, path: Path, params: Finding['params']): void {
    this.findings.push({ code, severity, at: { object: 'policy', path }, params });
  }
}

function present(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonType(value: unknown): string {
  return value === null || value === undefined ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
