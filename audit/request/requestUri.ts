/**
 * The target of an HTTP request, as Go's server reads it: a path with a query, or a whole URL.
 *
 * A `#` is a character like any other here; browsers and kubectl never send what follows one.
 * Source: net/url (ParseRequestURI, Query) of Go.
 */

export interface RequestUri {
  /** Decoded. */
  readonly path: string;
  /** The first value of each parameter. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Undefined for a target that the server answers with 400, before anything is logged. */
export function readRequestUri(text: string): RequestUri | undefined {
  const [, scheme, afterScheme = ''] = /^(?:([a-z][a-z\d+.-]*):)?(.*)$/is.exec(text) ?? [];
  const [rest, query] = cut(afterScheme, '?');

  // `*` alone is the target of OPTIONS.
  if (text === '*') {
    return { path: '*', parameters: new Map() };
  }
  if (!rest.startsWith('/') || [...text].some((character) => character < ' ' || character === '\x7f')) {
    return undefined;
  }
  const path = decoded(scheme !== undefined && rest.startsWith('//') ? withoutHost(rest) : rest);

  return path === undefined ? undefined : { path, parameters: parametersOf(query) };
}

function withoutHost(text: string): string {
  const slash = text.indexOf('/', 2);

  return slash < 0 ? '' : text.slice(slash);
}

/** What can't be decoded, or holds a `;`, is left out. */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();

  for (const pair of query.split('&')) {
    const [name, value] = cut(pair.replaceAll('+', ' '), '=').map(decoded);

    if (pair !== '' && !pair.includes(';') && name !== undefined && value !== undefined && !parameters.has(name)) {
      parameters.set(name, value);
    }
  }

  return parameters;
}

/** What stands before and after the first separator. */
function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);

  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Undefined for a `%` without two hexadecimal digits. Bytes that are no UTF-8 become U+FFFD, as no rule can name them. */
function decoded(text: string): string | undefined {
  return /%(?![\da-f]{2})/i.test(text) ? undefined : text.replace(/(?:%[\da-f]{2})+/gi, textOf);
}

function textOf(escapes: string): string {
  const bytes = Uint8Array.from(escapes.slice(1).split('%'), (digits) => parseInt(digits, 16));

  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
