import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { findingsOfLint } from '../../../../audit/lint/lint';
import { readPolicyDocument } from '../../../../audit/policy/document';
import { fieldName, type Finding } from '../../../../audit/policy/finding';
import { PRESETS } from '../../../../audit/presets/presets';
import { policies } from '../../../conformance/decisions';
import { casesOf } from '../../tables';

interface Case { readonly code: string; readonly rules: unknown[]; readonly kubernetes?: string; readonly at: string[]; readonly params?: Finding['params'] }
interface RealCase { readonly source: string; readonly text: string; readonly kubernetes?: string; readonly refused?: string; readonly findings: string[] }

const TABLES = readdirSync(resolve(__dirname, '../../../cases/lint')).map((file) => file.replace('.yaml', '')).filter((table) => table !== 'real');

describe('lint', () => {
  it.each(TABLES.flatMap((table) => casesOf<Case>(`lint/${ table }`)))('$code: $name', ({ code, rules, kubernetes, at, params = {} }) => {
    const { policy, findings, error } = readPolicyDocument(JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }), kubernetes);
    const found = findingsOfLint(policy ?? { rules: [] }, findings, kubernetes).filter((finding) => finding.code === `lint.${ code }`);

    expect(error).toBeUndefined();
    expect(found.map((finding) => fieldName(finding.at.path)).sort()).toEqual([...at].sort());
    expect(at.length ? found[0]?.params : params).toMatchObject(params);
  });

  it.each(casesOf<RealCase>('lint/real'))('$source: $name', ({ text, kubernetes, refused, findings }) => {
    const document = readPolicyDocument(text, kubernetes);
    const found = document.policy && document.error === undefined ? findingsOfLint(document.policy, document.findings, kubernetes) : [];

    expect(document.findings.find(({ severity }) => severity === 'block')?.code).toBe(refused);
    expect(found.map(({ severity, code, at }) => `${ severity } ${ code.replace('lint.', '') } ${ fieldName(at.path) }`)).toEqual(findings);
  });

  it('has cases with and without each finding that has words', () => {
    const words = readFileSync(resolve(__dirname, '../../../../l10n/en-us.yaml'), 'utf8').split('\n    lint:\n')[1]?.split(/\n {2,4}\w/)[0] ?? '';
    const codes = [...words.matchAll(/^ {6}(\w+):(?: .*)$/gm)].map(([, code = '']) => code);
    const found = new Set(TABLES.flatMap((table) => casesOf<Case>(`lint/${ table }`)).filter(({ at }) => at.length).map(({ code }) => code));

    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !found.has(code) && code !== 'notAllCompared')).toEqual([]);
  });

  it('never blocks, and survives any policy', () => {
    const blocking = fc.check(fc.property(policies(30), (policy) => findingsOfLint(policy).every(({ severity }) => severity !== 'block')), { numRuns: 300 });

    expect(blocking.counterexample).toBeNull();
  });

  it('calls no preset of ours wrong', () => {
    const wrong = PRESETS.flatMap(({ id, policy }) => findingsOfLint(readPolicyDocument(policy).policy ?? { rules: [] }).filter(({ severity, code }) => severity === 'warn' && !['lint.secretsLogged', 'lint.accessNotLogged'].includes(code)).map(({ code }) => `${ id } ${ code }`));

    expect(wrong).toEqual([]);
  });

  it('says so where it does not say all', () => {
    const many = findingsOfLint({ rules: Array.from({ length: 6_000 }, () => ({ level: 'None', users: [''] })) });

    expect(many.filter(({ code }) => code === 'lint.emptyUser')).toHaveLength(100);
    expect(many.filter(({ code }) => code === 'policy.moreFindings').map(({ params }) => params['count'])).toContain(5_900);
    expect(findingsOfLint({ rules: Array.from({ length: 6_000 }, (_, index) => ({ level: 'None', users: [`user ${ index }`] })) }).map(({ code }) => code)).toContain('lint.notAllCompared');
  });
});
