/**
 * The one fake of the host for component tests: its form with shell's own before-save hooks, and its words.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ChildHook, { AFTER_SAVE_HOOKS, BEFORE_SAVE_HOOKS } from '@shell/mixins/child-hook';
import { mount, type DOMWrapper, type VueWrapper } from '@vue/test-utils';
import IntlMessageFormat from 'intl-messageformat';
import { load } from 'js-yaml';
import { defineComponent, h, nextTick, reactive, ref, type Component } from 'vue';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import type { ApiRequest } from '../../rancher/store';
import AuditLogTab from '../../components/cluster/AuditLogTab.vue';
import { fakeRouter, type FakeRouter } from './router';

export const LOCALES = ['en-us', 'zh-hans'] as const;
export type Locale = typeof LOCALES[number];

type Words = Readonly<Record<string, unknown>>;

/** All words of a language, by key without the root. */
export function wordsOf(locale: Locale): ReadonlyMap<string, string> {
  return new Map(leavesOf(load(readFileSync(resolve(__dirname, '../../l10n', `${ locale }.yaml`), 'utf8')) as Words, ''));
}

function leavesOf(words: Words, path: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) => typeof value === 'string' ? [[`${ path }${ key }`, value] as [string, string]] : leavesOf(value as Words, `${ path }${ key }.`));
}

/** The host's translation; a key without words is an error, where the host would show the key. */
export function translator(locale: Locale = 'en-us'): (key: string, params?: Record<string, string | number>) => string {
  const words = wordsOf(locale);

  return (key, params = {}) => {
    const message = words.get(key);

    if (message === undefined) {
      throw new Error(`no words for ${ key } in ${ locale }`);
    }

    return new IntlMessageFormat(message, locale === 'zh-hans' ? 'zh' : 'en').format(params);
  };
}

/** What of the host and of Rancher a component meets. */
export interface HostOptions {
  readonly locale?: Locale | undefined;
  /** Rancher's API, which has no objects unless said otherwise. */
  readonly request?: ((request: ApiRequest) => Promise<unknown>) | undefined;
  /** What the user may do with the collections of a type, such as `{ secret: ['POST'] }`; anything, unless said otherwise. */
  readonly methods?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Gets the words that the host shows over the page. */
  readonly onWarning?: ((warning: { readonly title: string; readonly message: string }) => void) | undefined;
  /** What the host registers for everyone. */
  readonly components?: Readonly<Record<string, Component>> | undefined;
  /** Gets the dialogs that the host is asked to show. */
  readonly onModal?: ((modal: { readonly component: string; readonly componentProps: object }) => void) | undefined;
  readonly isLoggedIn?: boolean | undefined;
  readonly router?: FakeRouter | undefined;
  readonly route?: { readonly name?: string; readonly query: Readonly<Record<string, string>>; readonly params?: Readonly<Record<string, string>>; readonly hash?: string } | undefined;
}

/** Mounts one of our components as the host would; a warning of Vue's is an error. */
export function mountPart(component: Component, props: Record<string, unknown>, options: HostOptions = {}): VueWrapper {
  return mount(component, {
    props,
    attachTo: document.body,
    global:   {
      config: {
        globalProperties: { t: translator(options.locale), $route: options.route ?? { query: {} }, $router: options.router ?? fakeRouter(), $store: storeOf(options) },
        warnHandler:      (warning) => {
          throw new Error(warning);
        }
      },
      // What shell's components ask the host for.
      components: { t: { render: () => null }, ...options.components },
      directives: { 'clean-html': {} }
    }
  });
}

/** The host's defaults of what we ask for. */
const PREFERENCES: Readonly<Record<string, string>> = { 'date-format': 'ddd, MMM D YYYY', 'time-format': 'HH:mm:ss' };

function storeOf({ request = nothingThere, methods, onWarning, onModal, isLoggedIn }: HostOptions): object {
  const shown = { 'growl/warning': onWarning, 'management/promptModal': onModal } as Readonly<Record<string, ((asked: never) => void) | undefined>>;

  return {
    getters:  { 'auth/loggedIn': isLoggedIn, 'prefs/get': (name: string) => PREFERENCES[name], 'management/schemaFor': (type: string) => methods ? methods[type] && { collectionMethods: methods[type] } : { collectionMethods: ['GET', 'POST'] } },
    dispatch: async (action: string, asked: ApiRequest) => action in shown ? shown[action]?.(asked as never) : request(asked)
  };
}

async function nothingThere(): Promise<unknown> {
  throw Object.assign(new Error('not found'), { status: 404 });
}

export interface FormOptions extends Omit<HostOptions, 'onWarning'> {
  readonly cluster: RancherCluster;
  readonly mode?: 'create' | 'edit' | 'view';
  /** What the server has; the same as the form's cluster, unless said otherwise. */
  readonly onServer?: RancherCluster;
  /** Whether the form has hooks, as all of the host's have so far. */
  readonly hasHooks?: boolean;
}

export interface MountedForm {
  readonly wrapper: VueWrapper;
  /** The live model, which the host would save. */
  readonly model: RancherCluster;
  /** How often the host's own hook has written machine pools. */
  poolsSaved(): number;
  /** Runs the before-save hooks as the host does, with its arguments. */
  save(...args: readonly unknown[]): Promise<unknown>;
  /** Runs the after-save hooks. */
  afterSave(): Promise<unknown>;
  /** Mounts our tab anew, as the host does after Edit as YAML. */
  mountAnew(): Promise<void>;
  /** What the host showed over the page. */
  readonly warnings: { readonly title: string; readonly message: string }[];
}

/** The host's cluster form with our tab in it. */
export function mountForm({ cluster, mode = 'edit', onServer = structuredClone(cluster), hasHooks = true, ...options }: FormOptions): MountedForm {
  const model = reactive(structuredClone(cluster));
  const warnings: { readonly title: string; readonly message: string }[] = [];
  const mounts = ref(0);
  let saved = 0;
  const form = defineComponent({
    mixins: hasHooks ? [ChildHook] : [],
    props:  ['mode', 'initialValue'],
    created() {
      (this as unknown as { registerBeforeHook?(hook: () => void, name: string, priority: number): void }).registerBeforeHook?.(() => {
        saved++;
      }, 'save-machine-pools', 1);
    },
    render: () => h('div', [h(AuditLogTab, { key: mounts.value, resource: model })])
  });
  const wrapper = mountPart(form, { mode, initialValue: onServer }, { ...options, onWarning: (warning) => warnings.push(warning) });
  const applyHooks = (key: string, ...args: readonly unknown[]): Promise<unknown> => (wrapper.vm as unknown as { applyHooks(key: string, ...args: readonly unknown[]): Promise<unknown> }).applyHooks(key, ...args);

  return {
    wrapper,
    model,
    warnings,
    poolsSaved: () => saved,
    mountAnew:  async () => {
      mounts.value++;
      await nextTick();
    },
    save:       (...args) => applyHooks(BEFORE_SAVE_HOOKS, ...args),
    afterSave:  () => applyHooks(AFTER_SAVE_HOOKS)
  };
}

/** An element that is there. */
export type Found<Of extends Element = Element> = Omit<DOMWrapper<Of>, 'exists'>;

/** Presses keys in an input; a key is its name, or an event with more than that. */
export async function press(input: Found, ...keys: readonly (string | object)[]): Promise<void> {
  for (const key of keys) {
    await input.trigger('keydown', typeof key === 'string' ? { key } : key);
  }
}

/** Parts of a form by their `data-testid`. */
interface Parts {
  get(testId: string): Found;
  find(testId: string): DOMWrapper<Element>;
  press(testId: string): Promise<void>;
}

/** What a test does with the parts of the form that is mounted now. */
export function partsOf(form: () => Pick<MountedForm, 'wrapper'>): Parts {
  const get: Parts['get'] = (testId) => form().wrapper.get(`[data-testid="${ testId }"]`);

  return { get, find: (testId) => form().wrapper.find(`[data-testid="${ testId }"]`), press: (testId) => get(testId).trigger('click') };
}

/** Resolves once all that is under way has been done. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
