/** The Rancher dashboards that the extension is loaded into. A new one is a folder under `demo/hosts` and one line in HOSTS. */
import { resolve } from 'node:path';

import { ROOT } from './places';
import { SetUpError } from './step';

export interface Host {
  /** As people say it, and the name of its folder: `2.15`. */
  readonly name: string;
  /** What the Rancher beneath the dashboard calls itself. */
  readonly rancherVersion: string;
  readonly folder: string;
  /** The folder of the built dashboard. */
  readonly dashboard: string;
}

/** The first one is meant where nobody names one. */
export const HOSTS: readonly [Host, ...Host[]] = [
  host('2.15', 'v2.15.0'),
  host('2.10', 'v2.10.3')
];

export const DEFAULT_HOST = HOSTS[0];

export function hostNamed(name: string): Host {
  const found = HOSTS.find((each) => each.name === name);

  if (!found) {
    throw new SetUpError(`there is no host ${ JSON.stringify(name) }, only ${ HOSTS.map((each) => each.name).join(', ') }`);
  }

  return found;
}

function host(name: string, rancherVersion: string): Host {
  const folder = resolve(ROOT, 'demo/hosts', name);

  return { name, rancherVersion, folder, dashboard: resolve(folder, 'dist') };
}
