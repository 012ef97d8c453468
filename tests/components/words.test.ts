// Every word that the code asks for exists in every language, and none is left over.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import { describe, expect, it } from 'vitest';

import { LOCALES, wordsOf } from './host';

const ROOT = resolve(__dirname, '../..');
const ENGLISH = wordsOf('en-us');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|vue)$/.test(file)).map((file) => readFileSync(join(ROOT, folder, file), 'utf8'));
}

/** The literals in calls of `t` and `part`, such as `rule.add`, or `level.${ level }` for any level. */
const asked = [...sources('components'), ...sources('cli'), ...sources('audit/cluster/exports'), ...sources('audit/policy'), ...sources('audit/request')].flatMap((source) => [...source.matchAll(/(?<!\.)\b(?:t|part)\((.*)/g)].flatMap(([, call = '']) => [...call.matchAll(/'([\w.]+)'|`([^`]+)`/g)].map(([, plain, template]) => plain ?? template ?? '')));
const codes = [...sources('audit'), ...sources('components')].flatMap((source) => [
  ...[...source.matchAll(/'((?:policy|source|expectations)\.\w+)'/g)].map(([, code = '']) => code),
  ...[...source.matchAll(/\breport\('(\w+)'/g)].map(([, code = '']) => `expectations.${ code }`),
  ...[...source.matchAll(/\b(?:warning|note)\('(\w+)'|\['(flood\w+)'/g)].map(([, code, stream]) => `lint.${ code ?? stream ?? '' }`),
  ...[...source.matchAll(/\b(cluster|source)Finding\(([^,]+),|\bofFlag\(([^,]+),/g)].flatMap(([, room = 'cluster', code, flag]) => [...(code ?? flag ?? '').matchAll(/'(\w+)'/g)].map(([, name = '']) => `${ room }.${ name }`))
]);
/** The lookups of a source that are findings by their own name. */
codes.push('source.notFound', 'source.forbidden', 'source.notRead');

function keyPattern(literal: string): RegExp {
  return new RegExp(`^clusterAudit\\.(rule\\.)?${ literal.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[^.]+') }$`);
}

/** The names of a message's parameters; throws where the message is not in ICU syntax. */
function parametersOf(message: string): string[] {
  const names = new Set<string>();

  JSON.stringify(new IntlMessageFormat(message, 'en').getAst(), (_key, value: unknown) => {
    const element = value as { type?: number; value?: unknown } | null;

    if (typeof element === 'object' && element && typeof element.type === 'number' && element.type > 0 && typeof element.value === 'string') {
      names.add(element.value);
    }

    return value;
  });

  return [...names].sort();
}

describe('the words', () => {
  it.each(LOCALES)('have the same keys and parameters in %s as in English', (locale) => {
    const words = wordsOf(locale);

    expect([...words.keys()].sort()).toEqual([...ENGLISH.keys()].sort());
    for (const [key, message] of words) {
      expect(parametersOf(message), key).toEqual(parametersOf(ENGLISH.get(key) ?? ''));
    }
  });

  it('are there for every key that a component asks for', () => {
    const missing = asked.filter((literal) => literal.includes('.') && ![...ENGLISH.keys()].some((key) => keyPattern(literal).test(key)));

    expect(asked.length).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });

  it('are there for every finding', () => {
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((code) => !ENGLISH.has(`clusterAudit.finding.${ code }`))).toEqual([]);
  });

  it('are all in use', () => {
    const patterns = [...asked, 'tab', 'action.${goal}', 'preset.${id}.title', 'preset.${id}.description'].map(keyPattern);

    expect([...ENGLISH.keys()].filter((key) => !key.startsWith('clusterAudit.finding.') && !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
    expect([...ENGLISH.keys()].filter((key) => /finding\.(policy|cluster|source|lint|expectations)\.(?!fieldOf)/.test(key) && !codes.some((code) => key.endsWith(`.${ code }`)))).toEqual([]);
  });
});
