import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

import { lessonOf } from '../../../../audit/lint/lessons';

interface Words { readonly clusterAudit: { readonly lesson: object; readonly finding: { readonly lint: object; readonly policy: object; readonly cluster: object } } }

const { clusterAudit: { lesson, finding } } = load(readFileSync(resolve(__dirname, '../../../../l10n/en-us.yaml'), 'utf8')) as Words;

it('there is a lesson for each finding of lint and each refusal, and a finding for each lesson', () => {
  const lessons = [...Object.keys(finding.lint).map((name) => `lint.${ name }`), ...Object.keys(finding.policy).map((name) => `policy.${ name }`)].map((code) => [code, lessonOf(code)]);

  expect(lessons.filter(([, name]) => name === undefined)).toEqual([]);
  expect([...new Set(lessons.map(([, name]) => name))].sort()).toEqual(Object.keys(lesson).sort());
});

it('findings of a cluster have none', () => {
  expect(Object.keys(finding.cluster).map((name) => lessonOf(`cluster.${ name }`)).filter(Boolean)).toEqual([]);
});
