/**
 * The parts of @rancher/shell that we use, with the types that we rely on: its own sources are mostly untyped JavaScript.
 */

declare module '@rancher/auto-import' {
  export function importTypes(plugin: import('@shell/core/types').IPlugin): void;
}

declare module '@shell/core/types' {
  export interface LocationConfig { readonly resource: readonly string[] }
  export interface Tab {
    readonly name: string;
    readonly labelKey: string;
    readonly weight?: number;
    readonly component: () => Promise<unknown>;
  }
  export interface IPlugin {
    metadata: unknown;
    addL10n(locale: string, load: () => Promise<unknown>): void;
    addAction(where: string, when: LocationConfig, action: import('../rancher/tableAction').TableAction): void;
    addTab(where: string, when: LocationConfig, tab: Tab): void;
  }
}

declare module '@components/Banner' {
  export const Banner: import('vue').DefineComponent<{ color?: 'info' | 'warning' | 'error' | 'success'; icon?: string }>;
}

declare module '@shell/components/CodeMirror.vue' {
  /** What we call of CodeMirror 5. */
  export interface Editor {
    refresh(): void;
    getInputField(): HTMLElement;
    setCursor(line: number, column: number): void;
    focus(): void;
  }
  interface Props {
    value: string;
    options?: Readonly<Record<string, unknown>>;
    onOnInput?: (text: string) => void;
    onOnReady?: (editor: Editor) => void;
  }
  const CodeMirror: import('vue').DefineComponent<Props>;
  export default CodeMirror;
}

declare module '*.yaml' {
  const content: Readonly<Record<string, unknown>>;
  export default content;
}
