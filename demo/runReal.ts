/** `npm run real`: etcd, kube-apiserver and Steve with the demo's objects and users, and Rancher's API in front; no dashboard. */
import { serve } from './serve';
import { runProgram } from './steps/program';
import { PACKAGES } from './steps/steps';

runProgram(async (signal) => serve([PACKAGES], { isReal: true }, signal));
