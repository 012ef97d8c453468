/**
 * The name that a field selector such as `metadata.name=web-0,status.phase!=Failed` asks for.
 *
 * Source: k8s.io/apimachinery/pkg/fields/selector.go (ParseSelector, RequiresExactMatch).
 */

/** '' for no name; undefined for a text that is no selector. A name that can't be part of a path is none either. */
export function nameSelectedBy(selector: string): string | undefined {
  const names: string[] = [];

  for (const term of termsOf(selector)) {
    const [, field = '', operator, rawValue = ''] = /^(.*?)(!=|==?)(.*)$/s.exec(term) ?? [];
    const value = unescaped(rawValue);

    if (operator === undefined || value === undefined) {
      return undefined;
    }
    if (field === 'metadata.name' && operator !== '!=') {
      names.push(value);
    }
  }

  const [name = ''] = names;

  return isPathSegment(name) ? name : '';
}

/** Source: k8s.io/apimachinery/pkg/api/validate/content, IsPathSegmentName. */
function isPathSegment(name: string): boolean {
  return name !== '.' && name !== '..' && !/[/%]/.test(name);
}

/** Parts between commas, where a backslash takes a comma its meaning; sorted, so that of two names the lesser counts. */
function termsOf(selector: string): string[] {
  return (selector.match(/(?:[^\\,]|\\.|\\$)+/gs) ?? []).sort(byCodePoints);
}

/** Go compares bytes of UTF-8, whose order is that of code points; JavaScript's own differs beyond U+FFFF. */
function byCodePoints(one: string, other: string): number {
  let at = 0;

  while (at < one.length && one[at] === other[at]) {
    at++;
  }

  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
}

/** Undefined for a backslash before anything but `\`, `,` and `=`, and for one of the latter two without it. */
function unescaped(value: string): string | undefined {
  return /^(?:[^\\,=]|\\[\\,=])*$/s.test(value) ? value.replace(/\\(.)/gs, '$1') : undefined;
}
