/** The steps that a demo and the browser tests need, in their order. */
import { extensionStep, hostDashboardStep } from './builds';
import { commandLineStep } from './commandLine';
import { packagesStep } from './packages';
import { HOST, ROOT } from './places';
import type { Step } from './step';

export const PACKAGES: Step = packagesStep('packages', 'packages', ROOT);
export const HOST_PACKAGES: Step = packagesStep('host-packages', 'packages of the host dashboard (Rancher 2.15)', HOST);
export const HOST_DASHBOARD_BUILD: Step = hostDashboardStep(HOST_PACKAGES.name);
export const EXTENSION_BUILD: Step = extensionStep(PACKAGES.name);
export const COMMAND_LINE_BUILD: Step = commandLineStep(PACKAGES.name);

export const DEMO_STEPS: readonly Step[] = [PACKAGES, HOST_PACKAGES, HOST_DASHBOARD_BUILD, EXTENSION_BUILD];
