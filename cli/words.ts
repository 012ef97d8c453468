/** The words of the command line: those of the extension, in the language of the shell's environment. */
import IntlMessageFormat from 'intl-messageformat';
import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Words } from '../audit/policy/words';

export type { Words };

type Tree = { readonly [name: string]: Tree | string };

/** Beside this folder, in the repository and in the package alike. */
const FOLDER = join(__dirname, '../l10n');

/** The words of the language that `LC_ALL`, `LC_MESSAGES` or `LANG` names; English for all but Chinese. */
export function wordsOf(environment: Readonly<Record<string, string | undefined>>): Words {
  const language = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  const locale = language.startsWith('zh') ? 'zh-hans' : 'en-us';
  const tree = (load(readFileSync(join(FOLDER, `${ locale }.yaml`), 'utf8')) as Tree)['clusterAudit'];

  return (key, params = {}) => {
    const message = key.split('.').reduce<Tree | string | undefined>((branch, name) => typeof branch === 'object' ? branch[name] : undefined, tree);

    if (typeof message !== 'string') {
      throw new Error(`no words for ${ key }`);
    }

    return String(new IntlMessageFormat(message, locale === 'zh-hans' ? 'zh' : 'en').format(params));
  };
}
