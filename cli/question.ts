/** A line of `batch`: a policy, and requests to decide by it. */
import type { RequestFields } from '../audit/request/attributes';
import { kubernetesOf, NEWEST_KUBERNETES } from './command';
import { UsageError } from './io';

export interface Question {
  readonly policy: string;
  readonly requests: readonly RequestFields[];
  readonly kubernetes: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Type = 'string' | 'boolean' | 'string[]';

const TYPES: readonly (readonly [name: string, type: Type])[] = [
  ['user', 'string'], ['groups', 'string[]'], ['verb', 'string'], ['resourceRequest', 'boolean'], ['apiGroup', 'string'], ['resource', 'string'],
  ['subresource', 'string'], ['namespace', 'string'], ['name', 'string'], ['path', 'string']
];

/** Reads a line; throws a UsageError that says what is wrong with it. Fields that are not known are nobody's business; null is as good as absent. */
export function questionOf(line: string): Question {
  const question = fieldsOf(jsonOf(line), 'policy, requests');
  const policy = question['policy'];
  const requests = question['requests'] ?? [];
  const kubernetes = question['kubernetes'] ?? NEWEST_KUBERNETES;

  if (typeof policy !== 'string') {
    throw wrongType('policy', 'string');
  }
  if (!Array.isArray(requests)) {
    throw wrongType('requests', 'object[]');
  }
  if (typeof kubernetes !== 'string') {
    throw wrongType('kubernetes', 'string');
  }

  return { policy, requests: requests.map((request, index) => requestFieldsOf(request, `requests[${ index }]`)), kubernetes: kubernetesOf({ kubernetes }) };
}

function requestFieldsOf(value: unknown, name: string): RequestFields {
  const fields = fieldsOf(value, name);

  return Object.fromEntries(TYPES.flatMap(([field, type]) => {
    const given = Object.hasOwn(fields, field) ? fields[field] ?? undefined : undefined;

    if (given !== undefined && !isOf(type, given)) {
      throw wrongType(`${ name }.${ field }`, type);
    }

    return given === undefined ? [] : [[field, given]];
  }));
}

function isOf(type: Type, value: unknown): boolean {
  return type === 'string[]' ? Array.isArray(value) && value.every((item) => typeof item === 'string') : typeof value === type;
}

function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(name, 'object');
  }

  return value as Fields;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError('line', { reason: error instanceof Error ? error.message : String(error) });
  }
}

function wrongType(field: string, wanted: Type | 'object' | 'object[]'): UsageError {
  return new UsageError('lineField', { field, wanted });
}
