/** `npm run real`: etcd, kube-apiserver and Steve with the demo's objects and users, and Rancher's API in front; no dashboard. */
import { expectFree, wantedPort } from './port';
import { serve } from './serve';
import { runProgram } from './steps/program';
import { SERVERS } from './steps/servers';
import { setUp } from './steps/setUp';
import { PACKAGES } from './steps/steps';

runProgram(async (signal) => {
  const port = wantedPort();

  await expectFree(port);
  await setUp([PACKAGES, SERVERS], signal);

  return serve({ port, isReal: true }, signal);
});
