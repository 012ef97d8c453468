// Unit, component and contract tests, each group a project that can run alone: `vitest --project unit`.
import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const shell = `${ root }node_modules/@rancher/shell`;
/** Reading all modules anew for each file takes longer than most of the tests: what a file changes for all, it puts back. */
const isolate = false;
/** In milliseconds: for what hangs, on the slowest machine. */
const testTimeout = 300_000;

export default defineConfig({
  root,
  test: {
    projects: [
      { root, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate, environment: 'node', testTimeout, hookTimeout: testTimeout } },
      { root, test: { name: 'conformance', include: ['tests/conformance/*.test.ts'], isolate, environment: 'node', testTimeout: 600_000 } },
      // Each file starts servers of its own, and two at once would wait for each other on a small machine.
      { root, test: { name: 'real', include: ['tests/conformance/real/**/*.test.ts'], isolate, environment: 'node', testTimeout, hookTimeout: testTimeout, fileParallelism: false } },
      { root, test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], isolate, environment: 'node', testTimeout, hookTimeout: testTimeout } },
      {
        root,
        test: {
          name: 'contract-real', include: ['tests/contract/**/*.test.ts'], exclude: ['extension', 'faults', 'login', 'process'].map((name) => `tests/contract/${ name }.test.ts`), isolate, environment: 'node', env: { CONTRACT_ON: 'real' }, globalSetup: 'tests/contract/realRancher.ts',
          testTimeout, hookTimeout: testTimeout, fileParallelism: false
        }
      },
      {
        root,
        plugins: [vue()],
        resolve: {
          alias:      { '@shell': `${ shell }`, '@components': `${ shell }/rancher-components` },
          extensions: ['.ts', '.js', '.vue', '.json']
        },
        test: {
          name:        'component',
          include:     ['tests/components/**/*.test.ts'],
          isolate,
          environment: 'jsdom',
          css:         false,
          testTimeout,
          hookTimeout: testTimeout,
          server:      { deps: { inline: [/@rancher\/shell/] } }
        }
      }
    ]
  }
});
