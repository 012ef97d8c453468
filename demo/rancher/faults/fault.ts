/**
 * What may go wrong on purpose, for tests and for people who want to see it: none unless somebody asks.
 *
 * The bodies are those of Steve, as everywhere else.
 * Source: Kubernetes API conventions (reasons), apiserver pkg/handlers/error.go
 */
import { isObject, type JsonValue } from '../json';
import { SteveError, badRequest } from '../steve/errors';

export interface Fault {
  /** Every method, unless one is named. */
  readonly method?: string;
  /** How the URL begins or, without a slash in front, a regular expression that it matches. */
  readonly path: string;
  /** Answers with this status instead. */
  readonly status?: number;
  /** Closes the connection without an answer. */
  readonly drop?: boolean;
  /** Waits so many milliseconds first. */
  readonly delay?: number;
  /** For how many requests; for all, unless a number is named. */
  readonly count?: number;
}

const CODES: Readonly<Record<number, readonly [code: string, message: string]>> = {
  403: ['Forbidden', 'the demo was told to forbid this'],
  404: ['NotFound', 'the demo was told not to find this'],
  409: ['Conflict', 'Operation cannot be fulfilled on this object: the object has been modified; please apply your changes to the latest version and try again'],
  500: ['InternalError', 'Internal error occurred: the demo was told to fail']
};

/** A fault as somebody described it in JSON; throws for what is none. */
export function faultFrom(value: JsonValue): Fault {
  if (!isObject(value)) {
    throw badRequest('a fault is an object');
  }

  const { method, path, status, drop, delay, count, ...rest } = value;

  if (typeof path !== 'string' || path === '' || !isPattern(path)) {
    throw badRequest('a fault needs the path that it happens on: the beginning of a URL, or a regular expression');
  }
  if (Object.keys(rest).length > 0) {
    throw badRequest(`a fault has no ${ Object.keys(rest).join(', ') }`);
  }

  const fault: Fault = {
    path,
    ...(method === undefined ? {} : { method: asked('method', method, typeof method === 'string') as string }),
    ...(status === undefined ? {} : { status: asked('status', status, typeof status === 'number' && Object.hasOwn(CODES, status)) as number }),
    ...(drop === undefined ? {} : { drop: asked('drop', drop, typeof drop === 'boolean') as boolean }),
    ...(delay === undefined ? {} : { delay: asked('delay', delay, isCount(delay)) as number }),
    ...(count === undefined ? {} : { count: asked('count', count, isCount(count)) as number })
  };

  if (fault.status === undefined && fault.drop !== true && fault.delay === undefined) {
    throw badRequest('a fault needs a status, drop or delay');
  }

  return fault;
}

/** Whether a fault is about a request. */
export function happensOn({ method, path }: Fault, request: { readonly method: string; readonly url: string }): boolean {
  return (method === undefined || method.toUpperCase() === request.method) && (path.startsWith('/') ? request.url.startsWith(path) : new RegExp(path).test(request.url));
}

/** The error that stands for a status. */
export function errorFor(status: number): SteveError {
  const [code, message] = CODES[status] ?? ['ServerError', 'the demo was told to fail'];

  return new SteveError(status, code, message);
}

function asked(name: string, value: JsonValue, fits: boolean): JsonValue {
  if (!fits) {
    throw badRequest(`a fault can not have ${ JSON.stringify(value) } as its ${ name }`);
  }

  return value;
}

function isCount(value: JsonValue): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isPattern(path: string): boolean {
  try {
    return path.startsWith('/') || new RegExp(path) instanceof RegExp;
  } catch {
    return false;
  }
}
