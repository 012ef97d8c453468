/** The look of the code, as rules that `eslint --fix` can apply. */
import type { Linter } from 'eslint';

export const STYLE: Linter.RulesRecord = {
  '@stylistic/indent': ['error', 2, { SwitchCase: 1, flatTernaryExpressions: true, ignoredNodes: ['ConditionalExpression'] }],
  '@stylistic/quotes': ['error', 'single', { avoidEscape: true }],
  '@stylistic/semi': ['error', 'always'],
  '@stylistic/comma-dangle': ['error', 'never'],
  '@stylistic/template-curly-spacing': ['error', 'always'],
  '@stylistic/object-curly-spacing': ['error', 'always'],
  '@stylistic/array-bracket-spacing': ['error', 'never'],
  '@stylistic/comma-spacing': 'error',
  '@stylistic/no-multi-spaces': ['error', { ignoreEOLComments: true, exceptions: { Property: true, TSTypeAnnotation: true } }],
  '@stylistic/arrow-parens': ['error', 'always'],
  '@stylistic/brace-style': ['error', '1tbs'],
  '@stylistic/eol-last': 'error',
  '@stylistic/no-trailing-spaces': 'error',
  '@stylistic/no-multiple-empty-lines': ['error', { max: 1, maxEOF: 0, maxBOF: 0 }],
  '@stylistic/keyword-spacing': 'error',
  '@stylistic/space-before-blocks': 'error',
  '@stylistic/space-infix-ops': 'error',
  '@stylistic/member-delimiter-style': ['error', { multiline: { delimiter: 'semi' }, singleline: { delimiter: 'semi', requireLast: false } }],
  '@stylistic/key-spacing': ['error', { mode: 'minimum' }],
  '@stylistic/padding-line-between-statements': ['error', { blankLine: 'always', prev: '*', next: 'return' }],
  'import/no-duplicates': ['error', { 'prefer-inline': true }],
  'import/order': ['error', {
    groups: [['builtin', 'external', 'internal', 'unknown'], ['parent', 'sibling', 'index']],
    'newlines-between': 'always'
  }],
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false, fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-import-type-side-effects': 'error',
  'prefer-const': 'error',
  'curly': 'error'
};
