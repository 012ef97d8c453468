/**
 * Asking before a page of the host's is left with something in it that is not saved.
 *
 * The host's own guards take the page away before a later guard of the router's is asked. First of all are asked the guards of the route that is
 * left, where vue-router's `onBeforeRouteLeave` puts them, which a bundle without vue-router can't call. Source: vue-router 4.4 to 4.6 router.ts
 * (navigate), @rancher/shell config/router/navigation-guards/clusters.js and components/templates/default.vue.
 */
import { onBeforeUnmount } from 'vue';

import { hostAbove } from './hostAbove';

interface Location {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly redirectedFrom?: Location;
}

type Guard = (to: Location, from: Location) => Promise<boolean>;

interface Host {
  readonly $router: {
    readonly currentRoute: { readonly value: { readonly matched: readonly { readonly leaveGuards?: Set<Guard> }[] } };
    beforeEach(guard: Guard): () => void;
    afterEach(then: (to: Location, from: Location, failure?: unknown) => void): () => void;
  };
  readonly $store: {
    readonly getters: Readonly<Record<string, unknown>>;
    dispatch(action: string, payload: object): Promise<unknown>;
  };
}

/** What the dialog that asks is given. */
export interface LeaveQuestion {
  /** The first answer is taken. */
  answer(mayLeave: boolean): void;
}

/** What the host adds to the address of a form while it shows the form as YAML. */
const OF_YAML = ['as', 'preview'];

/** Stops asking about the form that was set up last: there is one at a time. */
let stopAsking: (() => void) | undefined;

/**
 * Asks, by a dialog of ours, before the page with the component that is being set up is left while it has something unsaved; the browser asks in
 * its own words before it closes or reloads the page. Nobody is asked once the session is over. Call it in `setup`.
 *
 * The host takes the component away for its own Edit as YAML, with the form still there: what is unsaved then is asked about until the page is left.
 */
export function askBeforeLeaving(dialog: string, isUnsaved: () => boolean): void {
  const { $router, $store } = hostAbove<Host>();
  const allowed = new WeakSet<Location>();
  const route = $router.currentRoute.value.matched.at(-1);

  stopAsking?.();
  const ofRouter = [
    $router.beforeEach(mayGo),
    $router.afterEach((to, from, failure) => {
      if (!failure && !isSamePage(to, from)) {
        stop();
      }
    })
  ];

  route?.leaveGuards?.add(mayGo);
  const stopAskingBrowser = askBeforeUnload(isLost);

  stopAsking = stop;
  onBeforeUnmount(() => {
    if (!isLost()) {
      stop();
    }
  });

  function stop(): void {
    ofRouter.forEach((remove) => remove());
    route?.leaveGuards?.delete(mayGo);
    stopAskingBrowser();
    stopAsking = stopAsking === stop ? undefined : stopAsking;
  }

  /** Both kinds of guards ask this, the second time with the same location, or with one that the host made of it. */
  async function mayGo(to: Location, from: Location): Promise<boolean> {
    const wanted = to.redirectedFrom ?? to;

    if (!isLost() || isSamePage(to, from) || allowed.has(wanted)) {
      return true;
    }
    const answer = await new Promise<boolean>((resolve) => {
      const question: LeaveQuestion = { answer: resolve };

      void $store.dispatch('management/promptModal', { component: dialog, componentProps: question, modalWidth: '500px' });
    });

    if (answer) {
      allowed.add(wanted);
    }

    return answer;
  }

  function isLost(): boolean {
    return $store.getters['auth/loggedIn'] !== false && isUnsaved();
  }
}

/** Lets the browser ask, in its own words, before the page is closed or loaded again while something is lost with it; until the function that it returns is called. */
export function askBeforeUnload(isLost: () => boolean): () => void {
  function onUnload(event: BeforeUnloadEvent): void {
    if (isLost()) {
      event.preventDefault();
      event.returnValue = ''; // for browsers that ask only then
    }
  }

  window.addEventListener('beforeunload', onUnload);

  return () => window.removeEventListener('beforeunload', onUnload);
}

function isSamePage(to: Location, from: Location): boolean {
  return to.path === from.path && queryOf(to) === queryOf(from);
}

function queryOf({ query }: Location): string {
  return JSON.stringify(Object.entries(query).filter(([name]) => !OF_YAML.includes(name)).sort());
}
