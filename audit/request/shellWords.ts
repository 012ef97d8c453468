/**
 * The words of the first command of a line, as a shell takes them apart.
 *
 * What a shell does with the output and the input is no word of the command. What other programs do with the output, behind a pipe, is not told
 * of, unless one of them is kubectl again; any other command after the first is one too many.
 * Source: POSIX.1-2024, Shell Command Language, 2.2 (Quoting), 2.7 (Redirection) and 2.9 (Shell Commands); `&>` and `<<<` are of bash.
 */

/** Why a line is not one command: keys of l10n under `clusterAudit.request`. */
export type ShellRefusal = 'unclosedQuote' | 'secondCommand';

const WORD = /(?:[^\s"'\\|&;<>]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/ysu;
/** With the file behind it: `2>/dev/null`, `2>&1`, `< a`. */
const REDIRECTION = /(?:\d+|&)?(?:>>|>\||>&|<&|<<<|<<-?|<>|>|<)[^\S\n]*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'[^']*'|\\./gsu;
/** In programs behind a pipe: xargs kubectl, or a command that is not of the pipe. */
const KUBECTL = /(?:^|[\s/|;&(`"'])kubectl(?:\s|$)/;
const ANOTHER = /&&|\|\||[;\n]\s*\S/;
const BLANK = /(?:[^\S\n]|\\\n)*/y;

/** The words without their quotes, or why there are none. */
export function shellWordsOf(line: string): readonly string[] | ShellRefusal {
  const text = line.trimStart();
  const words: string[] = [];
  let end = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = end;
    const [found] = pattern.exec(text) ?? [];

    end += found?.length ?? 0;

    return found;
  };

  for (;;) {
    take(BLANK);
    if (take(REDIRECTION) !== undefined) {
      take(WORD);
      continue;
    }
    const word = take(WORD);

    if (word === undefined) {
      return refusalOf(text.slice(end)) ?? words;
    }
    words.push(unquoted(word));
  }
}

/** Whether what stands behind the first command is more than that command may have there. */
function refusalOf(rest: string): ShellRefusal | undefined {
  if (/^["'\\]/.test(rest)) {
    return 'unclosedQuote';
  }
  if (/^\|(?!\|)/.test(rest)) {
    return KUBECTL.test(rest) || ANOTHER.test(rest.replaceAll(QUOTED, '')) ? 'secondCommand' : undefined;
  }

  return /[^;&\s]/.test(rest) ? 'secondCommand' : undefined;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gsu, (_, single?: string, double?: string, escaped?: string) => single ?? double?.replace(/\\([$`"\\])/g, '$1') ?? escaped ?? '');
}
