/**
 * What we keep in the user's browser, and nowhere else: one text under a key of ours. Other pages of the same dashboard share it.
 */
const KEY = 'cluster-audit-log.drafts';

export type StoreProblem = 'full' | 'refused';

/** The text that is kept, undefined where there is none; or that the browser keeps nothing for this page. */
export function keptText(): { readonly text: string | undefined } | 'refused' {
  try {
    return { text: localStorage.getItem(KEY) ?? undefined };
  } catch {
    return 'refused';
  }
}

/** Keeps a text, or nothing any more; says why that was not possible. What was kept before is there still then. */
export function keepText(text: string | undefined): StoreProblem | undefined {
  try {
    if (text === undefined) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, text);
    }

    return undefined;
  } catch (error) {
    return error instanceof DOMException && /quota/i.test(error.name) ? 'full' : 'refused';
  }
}

/** Calls whenever another page has changed the text, until what comes back is called. */
export function onKeptElsewhere(then: () => void): () => void {
  const onStorage = ({ key }: StorageEvent): void => {
    // Without a key, all of it was deleted.
    if (key === KEY || key === null) {
      then();
    }
  };

  window.addEventListener('storage', onStorage);

  return () => window.removeEventListener('storage', onStorage);
}
