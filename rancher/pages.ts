/**
 * Our pages in the host: their routes, and the addresses that lead to them. They stand in the host's layout for pages that belong to no cluster,
 * which asks everybody to sign in first.
 */
import { computed, type ComputedRef } from 'vue';

import { hostAbove } from './hostAbove';

/** `plain` of @rancher/shell config/router/routes.js, on all hosts. */
export const LAYOUT = 'plain';

/** The routes, by what they show. */
export const PAGES = {
  lessons: { name: 'cluster-audit-log-lessons', path: '/cluster-audit-log/lessons/:lesson?' },
  policy:  { name: 'cluster-audit-log-policy', path: '/cluster-audit-log/policy' }
} as const;

/** A place that the host's router goes to. */
export interface Target {
  readonly name: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly hash?: string;
}

interface Host {
  readonly $router: { resolve(target: Target): { readonly href: string } };
  readonly $route: { readonly params: Readonly<Record<string, unknown>>; readonly hash: string };
}

export interface Pages {
  /** The whole address of the page of a lesson, or of their list. */
  lesson(name?: string): string;
  /** The whole address of the page of a policy, which is in its fragment. */
  policy(fragment: string): string;
}

/** The page of a lesson, or of their list. */
export function lessonTarget(name?: string): Target {
  return { name: PAGES.lessons.name, params: name === undefined ? {} : { lesson: name } };
}

/** The addresses of our pages. Call it in `setup`. */
export function usePages(): Pages {
  const { $router } = hostAbove<Host>();
  const whole = (target: Target): string => new URL($router.resolve(target).href, window.location.href).href;

  return {
    lesson: (name) => whole(lessonTarget(name)),
    policy: (fragment) => `${ whole({ name: PAGES.policy.name }) }#${ fragment }`
  };
}

/** What the address of the page names, and its fragment with the # before it. Call it in `setup` of a page. */
export function useAddress(): { readonly lesson: ComputedRef<string>; readonly fragment: ComputedRef<string> } {
  const host = hostAbove<Host>();

  return {
    lesson:   computed(() => typeof host.$route.params['lesson'] === 'string' ? host.$route.params['lesson'] : ''),
    fragment: computed(() => host.$route.hash)
  };
}
