/**
 * The name that a field selector asks for.
 *
 * Source: k8s.io/apimachinery/pkg/fields/selector.go (ParseSelector, RequiresExactMatch).
 */

/** What `metadata.name` has to be by a selector; undefined where it asks for none, or can't be read. */
export function exactName(selector: string): string | undefined {
  let name: string | undefined;

  for (const term of termsOf(selector)) {
    const parts = /^((?:[^\\!=]|\\.|!(?!=))*)(!=|==?)(.*)$/s.exec(term);
    const [, field = '', operator = '', rawValue = ''] = parts ?? [];
    const value = unescaped(rawValue);

    if (!parts || value === undefined) {
      return undefined;
    }
    if (field === 'metadata.name' && operator !== '!=') {
      name ??= value;
    }
  }

  return name;
}

/** Parts between commas, where a backslash takes a comma its meaning; empty ones are left out. */
function termsOf(selector: string): string[] {
  return (selector.match(/(?:[^\\,]|\\.|\\$)+/gs) ?? []).filter((term) => term !== '');
}

/** Undefined for a backslash before anything but `\`, `,` and `=`, and for one of the latter two without it. */
function unescaped(value: string): string | undefined {
  return /^(?:[^\\,=]|\\[\\,=])*$/s.test(value) ? value.replace(/\\(.)/gs, '$1') : undefined;
}
