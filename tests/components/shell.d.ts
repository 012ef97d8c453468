/** Parts of @rancher/shell that only tests use. */
declare module '@shell/mixins/child-hook' {
  export const AFTER_SAVE_HOOKS: string;
  export const BEFORE_SAVE_HOOKS: string;
  const ChildHook: import('vue').ComponentOptionsMixin;
  export default ChildHook;
}
