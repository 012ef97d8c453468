/** The host's router as far as our guards meet it: it asks those of the route that is left first, then those of all routes. */

interface Location { readonly path: string; readonly query: Readonly<Record<string, string>> }
type Guard = (to: Location, from: Location) => Promise<boolean>;

export interface FakeRouter {
  readonly currentRoute: { readonly value: { readonly matched: readonly { readonly leaveGuards: Set<Guard> }[] } };
  beforeEach(guard: Guard): () => void;
  resolve(target: { readonly name: string; readonly params?: Readonly<Record<string, string>> }): { readonly href: string };
  /** The guards that are asked. */
  guards(): readonly Guard[];
  /** Whether it goes to a path. */
  goTo(path: string, query?: Location['query']): Promise<boolean>;
}

/** Where the router of a test is. */
export const HERE: Location = { path: '/c/_/manager/provisioning.cattle.io.cluster/fleet-default/demo', query: { mode: 'edit' } };

/** A router at the form of a cluster. */
export function fakeRouter(): FakeRouter {
  const leaveGuards = new Set<Guard>();
  const ofAll = new Set<Guard>();

  return {
    currentRoute: { value: { matched: [{ leaveGuards: new Set() }, { leaveGuards }] } },
    resolve:      ({ name, params = {} }) => ({ href: [`/dashboard/${ name }`, ...Object.values(params)].join('/') }),
    guards:       () => [...leaveGuards, ...ofAll],

    beforeEach(guard) {
      ofAll.add(guard);

      return () => ofAll.delete(guard);
    },

    async goTo(path, query = {}) {
      const to = { path, query };

      for (const guard of [...path === HERE.path ? [] : leaveGuards, ...ofAll]) {
        if (!await guard(to, HERE)) {
          return false;
        }
      }

      return true;
    }
  };
}
