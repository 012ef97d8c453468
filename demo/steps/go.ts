/** Programs built from Go modules. */
import { spawnSync } from 'node:child_process';

import { SetUpError, type Run } from './step';

/** As the go.mod files ask for. */
export const OLDEST_GO = '1.26';

/** Whether Go is on this machine, and new enough. */
export function hasGo(): boolean {
  const [major = 0, minor = 0] = /go version go(\d+)\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.slice(1).map(Number) ?? [];
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_GO.split('.').map(Number);

  return major > oldestMajor || major === oldestMajor && minor >= oldestMinor;
}

/** Builds the module of a folder into a program, exactly as its go.mod and go.sum say. */
export function buildGo(run: Run, folder: string, output: string, ...options: string[]): Promise<void> {
  if (!hasGo()) {
    throw new SetUpError(`there is no Go ${ OLDEST_GO } or newer: install it`);
  }

  return run(['go', 'build', '-trimpath', ...options, '-o', output, '.'], { cwd: folder, env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', GOWORK: 'off' } });
}
