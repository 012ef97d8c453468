// Case tables: YAML lists under tests/cases, one case an item.
import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The cases of a table, by its path under tests/cases without the ending. */
export function casesOf<Case>(table: string): (Case & { readonly name: string })[] {
  return load(readFileSync(resolve(__dirname, '../cases', `${ table }.yaml`), 'utf8')) as (Case & { name: string })[];
}
