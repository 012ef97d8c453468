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
  /** A route of the host's router, whose page comes when it is needed. */
  export interface Route {
    readonly name: string;
    readonly path: string;
    readonly component: () => Promise<unknown>;
  }
  export interface IPlugin {
    metadata: unknown;
    addRoute(layout: string, route: Route): void;
    addL10n(locale: string, load: () => Promise<unknown>): void;
    addAction(where: string, when: LocationConfig, action: import('../rancher/tableAction').TableAction): void;
    addTab(where: string, when: LocationConfig, tab: Tab): void;
  }
}

declare module '@components/Banner' {
  export const Banner: import('vue').DefineComponent<{ color?: 'info' | 'warning' | 'error' | 'success'; icon?: string }>;
}

/** A time as the user's preferences write it. */
declare module '@shell/components/formatter/Date' {
  const DateAndTime: import('vue').DefineComponent<{ value: number | string }>;
  export default DateAndTime;
}

declare module '*.yaml' {
  const content: Readonly<Record<string, unknown>>;
  export default content;
}
