/**
 * The words of the user's language.
 */
import { getCurrentInstance } from 'vue';

/** The words under a key of ours, without the root `clusterAudit`; for text, never for HTML. */
export type Texts = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** Words that follow the user's language when it changes. Call it in `setup`. */
export function useTexts(): Texts {
  const component = getCurrentInstance();

  if (!component?.proxy) {
    throw new Error('useTexts belongs into setup');
  }
  const { proxy, appContext } = component;

  // Not `proxy.t`: that is the caller's own `t` where a component is compiled for development.
  return (key, params = {}) => appContext.config.globalProperties.t.call(proxy, `clusterAudit.${ key }`, params, true);
}
