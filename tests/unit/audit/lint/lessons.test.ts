import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

import { LESSONS, lessonNamed, lessonOf } from '../../../../audit/lint/lessons';

interface Words { readonly clusterAudit: { readonly lesson: object; readonly lessons: { readonly title: object }; readonly finding: { readonly lint: object; readonly policy: object; readonly cluster: object } } }

const { clusterAudit: { lesson, lessons: { title }, finding } } = load(readFileSync(resolve(__dirname, '../../../../l10n/en-us.yaml'), 'utf8')) as Words;

it('there is a lesson for each finding of lint and each refusal, and a finding for each lesson', () => {
  const lessons = [...Object.keys(finding.lint).map((name) => `lint.${ name }`), ...Object.keys(finding.policy).map((name) => `policy.${ name }`)].map((code) => [code, lessonOf(code)]);

  expect(lessons.filter(([, name]) => name === undefined)).toEqual([]);
  expect([...new Set(lessons.map(([, name]) => name))].sort()).toEqual(Object.keys(lesson).sort());
});

it('findings of a cluster have none', () => {
  expect(Object.keys(finding.cluster).map((name) => lessonOf(`cluster.${ name }`)).filter(Boolean)).toEqual([]);
});

it('each has a place in the list, a title and words', () => {
  expect([...LESSONS].sort()).toEqual(Object.keys(lesson).sort());
  expect(Object.keys(title).sort()).toEqual(Object.keys(lesson).sort());
});

it('each is found by its name, and by the code of a finding', () => {
  expect(LESSONS.map(lessonNamed)).toEqual(LESSONS);
  expect(['lint.groupCore', 'policy.unknownField', 'policy.tooLarge', 'lint.nonsense', 'cluster.policyNotText', 'constructor', ''].map(lessonNamed)).toEqual(['groups', 'fields', 'refused', undefined, undefined, undefined, undefined]);
});
