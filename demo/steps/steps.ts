/** The steps that a demo and the browser tests need, in their order. */
import { extensionStep, hostDashboardStep } from './builds';
import { commandLineStep } from './commandLine';
import { DEFAULT_HOST, HOSTS, type Host } from './hosts';
import { packagesStep } from './packages';
import { ROOT } from './places';
import type { Step } from './step';

export const PACKAGES: Step = packagesStep('packages', 'packages', ROOT);
export const EXTENSION_BUILD: Step = extensionStep(PACKAGES.name);
export const COMMAND_LINE_BUILD: Step = commandLineStep(PACKAGES.name);

const HOST_STEPS: ReadonlyMap<Host, Step> = new Map(HOSTS.map((host) => [host, hostDashboardStep(host === DEFAULT_HOST ? 'host-dashboard' : `host-dashboard-${ host.name }`, host)]));

/** The steps of some hosts' dashboards: the same ones at each call, so that none is made twice. */
export function hostSteps(hosts: readonly Host[]): readonly Step[] {
  return [PACKAGES, ...hosts.flatMap((host) => HOST_STEPS.get(host) ?? [])];
}

export function demoSteps(hosts: readonly Host[]): readonly Step[] {
  return [...hostSteps(hosts), EXTENSION_BUILD];
}
