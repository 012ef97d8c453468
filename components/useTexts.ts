/**
 * The words of the user's language.
 */
import { getCurrentInstance } from 'vue';

/** The words under a key of ours, without the root `clusterAudit`; for text, never for HTML. */
export type Texts = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Words that follow the user's language when it changes. Call it in `setup`. */
export function useTexts(): Texts {
  const component = getCurrentInstance()?.proxy;

  if (!component) {
    throw new Error('useTexts belongs into setup');
  }

  return (key, params = {}) => component.t(`clusterAudit.${ key }`, params, true);
}
