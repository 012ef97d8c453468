/**
 * The host's cluster form around an extension tab: its mode, the cluster that it opened with, and its before-save hooks.
 *
 * A tab gets only its `resource`; the rest is read from the form component above it, which all hosts from 2.10 to 2.15
 * have with the same names. Source: @rancher/shell mixins/child-hook.js and mixins/create-edit-view/impl.js.
 */
import { getCurrentInstance, inject, onBeforeUnmount } from 'vue';

import type { RancherCluster } from '../audit/cluster/rancherCluster';

const HOOK = 'cluster-audit-log';
const TYPED_HOOK = 'cluster-audit-log-typed';
const DRAWER_KEY = 'isInResourceDetailDrawerKey';

interface HostFormComponent {
  readonly mode?: string;
  /** A copy, which stays as it is when the server's object changes meanwhile. */
  readonly initialValue?: RancherCluster | null;
  registerBeforeHook(hook: (...args: readonly unknown[]) => Promise<void>, name: string, priority: number): void;
  unregisterBeforeSaveHook?(name: string): void;
  registerAfterHook?(hook: () => Promise<void>, name: string): void;
}

interface Route {
  readonly name?: unknown;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Before the host's own hooks, which already write: machine configs are saved by one of them. The host takes 0 for none. */
const FIRST = -1;

export interface HostForm {
  /** Whether the form shows a cluster without letting it be edited. */
  readonly isReadOnly: boolean;
  readonly isCreate: boolean;
  /** Whether the host asks before it saves: without that, nothing can be written along with the cluster. */
  readonly hasHooks: boolean;
  /** The cluster as it was when the form opened; undefined while it is being created, or where the host does not say. */
  clusterAtOpening(): RancherCluster | undefined;
  /**
   * Asks before the form saves: a text that comes back stops the save, and the form shows it as its error.
   * Not asked for a save from Edit as YAML, which sends the YAML alone. Asked again when the host saves a second time after a conflict.
   */
  beforeSave(reasonToStop: () => Promise<string | undefined>): void;
  /** Calls before the host takes the cluster from the form, to save it or to show it as YAML. */
  beforeTaking(then: () => void): void;
  /** Calls once the form has saved. */
  afterSave(then: () => Promise<void>): void;
}

/** The form around the component that is being set up. Call it in `setup`. */
export function useHostForm(): HostForm {
  const form = hostFormAbove();
  const isInDrawer = inject<boolean>(DRAWER_KEY, false);
  const route = getCurrentInstance()?.proxy?.$route as Route | undefined;

  return {
    isReadOnly:      isInDrawer || (form?.mode ? form.mode === 'view' : !isEditRoute(route)),
    isCreate:        form?.mode ? form.mode === 'create' : isCreateRoute(route),
    hasHooks:        form !== undefined,
    clusterAtOpening: () => form?.mode === 'create' ? undefined : form?.initialValue ?? undefined,

    beforeSave(reasonToStop) {
      form?.registerBeforeHook(async (saved) => {
        // Edit as YAML calls with a word, and its own save with nothing.
        const reason = typeof saved === 'object' ? await reasonToStop() : undefined;

        if (reason) {
          throw new Error(reason);
        }
      }, HOOK, FIRST);
      onBeforeUnmount(() => form?.unregisterBeforeSaveHook?.(HOOK));
    },

    beforeTaking(then) {
      form?.registerBeforeHook(async () => then(), TYPED_HOOK, FIRST - 1);
      onBeforeUnmount(() => form?.unregisterBeforeSaveHook?.(TYPED_HOOK));
    },

    afterSave(then) {
      form?.registerAfterHook?.(then, HOOK);
    }
  };
}

function hostFormAbove(): HostFormComponent | undefined {
  for (let parent = getCurrentInstance()?.parent; parent; parent = parent.parent) {
    const component = parent.proxy as unknown as Partial<HostFormComponent> | null;

    if (typeof component?.registerBeforeHook === 'function') {
      return component as HostFormComponent;
    }
  }

  return undefined;
}

function isEditRoute(route: Route | undefined): boolean {
  return !!route && !route.query['as'] && (route.query['mode'] === 'edit' || isCreateRoute(route));
}

function isCreateRoute(route: Route | undefined): boolean {
  return String(route?.name).endsWith('-create');
}
