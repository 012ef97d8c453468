/**
 * Stars that are no wildcards: users, groups, verbs, namespaces and names of objects are compared as they are written.
 *
 * Source: k8s.io/apiserver/pkg/audit/policy/checker.go
 */
import { lastField, type Finding, type Path } from '../policy/finding';
import { warning } from './finding';
import type { Linted } from './lint';

const LITERAL = ['users', 'userGroups', 'verbs', 'namespaces'] as const;

/** A finding for each star that matches itself alone. */
export function findingsOfWildcards({ policy: { rules } }: Linted): Finding[] {
  return rules.flatMap((rule, position) => {
    const path: Path = ['rules', position];

    return [
      ...LITERAL.flatMap((field) => findingsOfList(rule[field], [...path, field])),
      ...(rule.resources ?? []).flatMap(({ resourceNames }, index) => findingsOfList(resourceNames, [...path, 'resources', index, 'resourceNames']))
    ];
  });
}

function findingsOfList(list: readonly string[] = [], path: Path): Finding[] {
  const field = lastField(path);

  return list.flatMap((item, index) => item === '*' ? [warning('starIsLiteral', [...path, index], { field })] : item.includes('*') ? [warning('starInside', [...path, index], { field, item })] : []);
}
