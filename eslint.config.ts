/** How code looks and what it may do. The borders between rooms are in eslint.rooms.ts. */
import stylistic from '@stylistic/eslint-plugin';
import { defineConfig } from 'eslint/config';
import imports from 'eslint-plugin-import';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

import { borders } from './eslint.borders';
import { STYLE } from './eslint.style';

const TESTS = ['tests/**/*.ts'];

/** Standard, and in every place where audit/ runs. */
const GLOBALS_OF_AUDIT = { TextDecoder: false, TextEncoder: false, URL: false } as const;

export default defineConfig(
  { ignores: ['**/node_modules', '**/dist', 'dist-pkg', 'dist-cli', '.cache', '**/.shell', '**/*.js', 'docs'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  tseslint.configs.recommendedTypeChecked,
  vue.configs['flat/recommended'],
  {
    files: ['**/*.ts', '**/*.mts', '**/*.vue'],
    plugins: { '@stylistic': stylistic, import: imports, rooms: { rules: { borders } } },
    languageOptions: {
      sourceType: 'module',
      parserOptions: { parser: tseslint.parser, projectService: true, tsconfigRootDir: __dirname, extraFileExtensions: ['.vue'] }
    },
    rules: {
      ...STYLE,
      'rooms/borders': 'error',
      'max-lines': ['error', 300],
      'eqeqeq': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-undef': 'off', // TypeScript knows better, but for audit/ below
      'vue/no-v-html': 'error',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // Composables give functions, whatever an interface writes them as; and async is how a function promises.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }]
    }
  },
  {
    files: ['audit/**/*.ts'],
    languageOptions: { parserOptions: { lib: ['es2023'] }, globals: GLOBALS_OF_AUDIT },
    rules: {
      'no-undef': 'error',
      'no-restricted-globals': ['error', 'globalThis', 'eval', 'Function']
    }
  },
  // Only vue-tsc sees through imports of .vue files.
  {
    files: ['**/*.vue', 'tests/components/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off'
    }
  },
  // What stands in for Rancher, and what asks it, hold any JSON.
  { files: ['demo/**/*.ts', ...TESTS], rules: { '@typescript-eslint/no-base-to-string': 'off' } },
  // Programs that people start talk to them.
  { files: ['demo/*.ts', 'demo/steps/**/*.ts', 'cli/**/*.ts', ...TESTS], rules: { 'no-console': 'off' } },
  // Components made for a test are not for others to use.
  { files: TESTS, rules: { 'vue/require-prop-types': 'off', 'vue/one-component-per-file': 'off' } }
);
