/**
 * What the host adds to Vue and to the page.
 */
import 'vue';

declare module 'vue' {
  interface ComponentCustomProperties {
    /** Words under a key; `raw` leaves them unescaped, which is right in text and wrong in HTML. */
    t(key: string, params: Readonly<Record<string, string | number>>, raw: true): string;
    readonly $route: { readonly name?: unknown; readonly query: Readonly<Record<string, unknown>> };
  }
}

declare global {
  interface Window {
    /** Loads CodeMirror 5 once and registers its component. */
    readonly __codeMirrorLoader?: () => Promise<unknown>;
  }
}
