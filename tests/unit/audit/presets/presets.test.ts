import { load } from 'js-yaml';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import type { Policy } from '../../../../audit/policy/types';
import { PRESETS, presetOf } from '../../../../audit/presets/presets';
import { requestOf, type RequestFields } from '../../../../audit/request/attributes';
import { decide } from '../../../../audit/request/decide';

/** For all of these users, verbs and objects together. */
interface Case { readonly level: string; readonly who: string[]; readonly verbs: string[]; readonly what: string[] }

const NAMES = tableOf<{ readonly users: Readonly<Record<string, RequestFields>>; readonly resources: Readonly<Record<string, RequestFields>> }>('names');

function tableOf<Table>(name: string): Table {
  return load(readFileSync(resolve(__dirname, `../../../cases/presets/${ name }.yaml`), 'utf8')) as Table;
}

function named(names: Readonly<Record<string, RequestFields>>, name: string): RequestFields {
  const fields = names[name];

  if (!fields) {
    throw new Error(`names.yaml has no ${ name }`);
  }

  return fields;
}

describe.each(PRESETS)('the preset $id', ({ id, policy: text }) => {
  const { omitStages, cases } = tableOf<{ readonly omitStages: string[]; readonly cases: Case[] }>(id);
  const policy = readPolicyDocument(text).policy as Policy;

  it.each(['1.27', '1.35', '1.36'])('is taken by Kubernetes %s as it is', (version) => {
    expect(readPolicyDocument(text, version).findings).toEqual([]);
  });

  it.each(cases)('decides $level for $who, $verbs, $what', ({ level, who, verbs, what }) => {
    for (const user of who) {
      for (const verb of verbs) {
        for (const object of what) {
          const decision = decide(policy, requestOf({ ...named(NAMES.users, user), ...named(NAMES.resources, object), verb }));

          expect([user, verb, object, decision.level, ...level === 'None' ? [] : decision.omitStages]).toEqual([user, verb, object, level, ...level === 'None' ? [] : omitStages]);
        }
      }
    }
  });

  it('is known again, whatever white space stands at its end', () => {
    expect(presetOf(`${ text.trimEnd() }\n\n`)?.id).toBe(id);
  });
});

it('a policy that says more is no preset', () => {
  expect(presetOf(`${ PRESETS[0]?.policy }- level: None\n`)).toBeUndefined();
});
