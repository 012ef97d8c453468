// Unit, component and contract tests, each group a project that can run alone: `vitest --project unit`.
import vue from '@vitejs/plugin-vue';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  test: {
    projects: [
      { root, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
      { root, test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], environment: 'node', testTimeout: 30_000 } },
      {
        root,
        plugins: [vue()],
        test:    { name: 'component', include: ['tests/components/**/*.test.ts'], environment: 'jsdom' }
      }
    ]
  }
});
