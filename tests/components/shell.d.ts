/** Parts of @rancher/shell, and of what it comes with, that only tests use. */
declare module '@shell/mixins/child-hook' {
  export const AFTER_SAVE_HOOKS: string;
  export const BEFORE_SAVE_HOOKS: string;
  const ChildHook: import('vue').ComponentOptionsMixin;
  export default ChildHook;
}

declare module 'codemirror' {
  export default function CodeMirror(parent: HTMLElement | undefined, options: object): unknown;
}

declare module 'codemirror/*';
