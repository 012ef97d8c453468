/** Where hosts look different to a test. Whatever is not here looks the same on all of them. */
import type { Locator, Page, TestDetails } from '@playwright/test';

import { HOSTS } from '../../demo/steps/hosts';

export interface HostLook {
  /** The entries of the action menu that is open. */
  menuItems(page: Page): Locator;
  /** What shows the configuration of a cluster on the page of the cluster. */
  showConfiguration(page: Page): Locator;
  /** A selector of what the host paints with too little contrast wherever it stands, and so in our tab. */
  readonly faint: string;
}

/** The newest host. */
const LOOK: HostLook = {
  menuItems:         (page) => page.getByRole('menuitem'),
  showConfiguration: (page) => page.getByRole('button', { name: /^Show the entire configuration/ }),
  faint:             ''
};

const DIFFERENCES: Readonly<Record<string, Partial<HostLook>>> = {
  '2.10': {
    menuItems:         (page) => page.getByTestId(/^action-menu-\d+-item$/),
    showConfiguration: (page) => page.getByRole('button', { name: 'Config', exact: true }),
    faint:             '.btn'
  }
};

export function lookOf(host: string): HostLook {
  return { ...LOOK, ...DIFFERENCES[host] };
}

/** For a test that can't be run on the other hosts, and says why: `test('…', onlyOn('2.10', '…'), …)`. */
export function onlyOn(host: string, reason: string): TestDetails {
  return { tag: tagOf(host), annotation: { type: `only on ${ host }`, description: reason } };
}

/** For a test of what is inside the tab's policy: the same code on every host, and no part of a host's. */
export const INSIDE_POLICY = onlyOn(HOSTS[0].name, 'what is inside the policy is the same on every host');

/** For a main journey, which is run once more where real servers keep the objects. */
export const ON_REAL_SERVERS: TestDetails = { tag: '@real' };

/** What marks the tests that are not for a host. */
export function notOn(host: string): RegExp[] {
  return HOSTS.filter(({ name }) => name !== host).map(({ name }) => new RegExp(`${ tagOf(name).replaceAll('.', '\\.') }(?!\\S)`));
}

function tagOf(host: string): `@${ string }` {
  return `@only-${ host }`;
}
