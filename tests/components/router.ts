/** The host's router as far as our guards meet it: it asks those of the route that is left first, then those of all routes. */

interface Location { readonly path: string; readonly query: Readonly<Record<string, string>>; readonly redirectedFrom?: Location }
type Guard = (to: Location, from: Location) => Promise<boolean>;
type Hook = (to: Location, from: Location, failure?: unknown) => void;

export interface FakeRouter {
  readonly currentRoute: { readonly value: { readonly matched: readonly { readonly leaveGuards: Set<Guard> }[] } };
  beforeEach(guard: Guard): () => void;
  afterEach(then: Hook): () => void;
  resolve(target: { readonly name: string; readonly params?: Readonly<Record<string, string>> }): { readonly href: string };
  /** The guards that are asked, and what is called afterwards. */
  guards(): readonly (Guard | Hook)[];
  /** Whether it goes to a path; to another one where a guard of the host's says so, once those of the route have been asked. */
  goTo(path: string, query?: Location['query'], redirect?: string): Promise<boolean>;
}

/** Where the router of a test is. */
export const HERE: Location = { path: '/c/_/manager/provisioning.cattle.io.cluster/fleet-default/demo', query: { mode: 'edit' } };

/** A router at the form of a cluster. */
export function fakeRouter(): FakeRouter {
  const leaveGuards = new Set<Guard>();
  const ofAll = new Set<Guard>();
  const hooks = new Set<Hook>();

  async function mayGo(to: Location, guards: Iterable<Guard>): Promise<boolean> {
    for (const guard of guards) {
      if (!await guard(to, HERE)) {
        return false;
      }
    }

    return true;
  }

  return {
    currentRoute: { value: { matched: [{ leaveGuards: new Set() }, { leaveGuards }] } },
    resolve:      ({ name, params = {} }) => ({ href: [`/dashboard/${ name }`, ...Object.values(params)].join('/') }),
    guards:       () => [...leaveGuards, ...ofAll, ...hooks],

    beforeEach(guard) {
      ofAll.add(guard);

      return () => ofAll.delete(guard);
    },

    afterEach(then) {
      hooks.add(then);

      return () => hooks.delete(then);
    },

    async goTo(path, query = {}, redirect) {
      const asked = { path, query };
      const to = redirect === undefined ? asked : { path: redirect, query: {}, redirectedFrom: asked };
      const leaving = path === HERE.path ? [] : leaveGuards;
      const goes = (redirect === undefined || await mayGo(asked, leaving)) && await mayGo(to, [...leaving, ...ofAll]);

      hooks.forEach((then) => then(to, HERE, goes ? undefined : 'aborted'));

      return goes;
    }
  };
}
