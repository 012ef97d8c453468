/**
 * A text for the user's clipboard, or as a file on their machine. Nothing is sent anywhere.
 */

/** Puts a text on the clipboard; also where the page came without TLS, and browsers have no clipboard for it. Rejects where the browser does not let it. */
export async function copyText(text: string): Promise<void> {
  if (!await navigator.clipboard?.writeText(text).then(() => true, () => false)) {
    copyBySelection(text);
  }
}

function copyBySelection(text: string): void {
  const focused = document.activeElement;
  const area = document.createElement('textarea');

  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');

  area.remove();
  if (focused instanceof HTMLElement) {
    focused.focus();
  }
  if (!isCopied) {
    throw new Error('copy');
  }
}

/** Lets the browser save a text as a file. */
export function downloadText(name: string, text: string, type = 'application/yaml'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');

  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
