import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { plainValue, type JsonNode } from '../../../../audit/policy/jsonTree';
import { readYaml } from '../../../../audit/policy/readYaml';
import { Refusal } from '../../../../audit/policy/refusal';
import { treeOfRules, valueOfRules } from '../../../../audit/policy/ruleReadings';
import { PRESETS } from '../../../../audit/presets/presets';
import { TEXTS, typedInto, TYPINGS } from './texts';

const TYPED_TEXTS = fc.tuple(fc.oneof({ weight: 3, arbitrary: TEXTS }, { weight: 1, arbitrary: fc.constantFrom(...PRESETS.map(({ policy }) => policy)) }), fc.array(TYPINGS, { maxLength: 3 })).map(([text, typings]) => typings.reduce(typedInto, text));

describe('a text of which the rules are read one by one', () => {
  it('says what it says as a whole, in the same places', () => {
    let compared = 0;

    fc.assert(fc.property(TYPED_TEXTS, (text) => {
      const tree = treeOfRules(text);

      if (tree) {
        compared++;
        expect(withoutBlockEnds(tree)).toEqual(withoutBlockEnds(wholeOf(text)));
        expect(valueOfRules(text)).toEqual(plainValue(tree));
      }
    }), { numRuns: 3_000, seed: 1 });
    expect(compared).toBeGreaterThan(600);
  });

  it.each(PRESETS)('is each preset: $id', ({ policy }) => {
    expect(treeOfRules(policy)).toEqual(readYaml(policy).root);
  });

  it.each([
    ['an anchor in one rule and its alias in another', 'rules:\n- &a\n  level: None\n- *a\n'],
    ['a key that stands twice', 'rules:\n- level: None\n  level: Metadata\n'],
    ['a second list of rules', 'rules:\n- level: None\nrules:\n- level: Metadata\n'],
    ['a second document', 'rules:\n- level: None\n---\nrules: []\n'],
    ['a text in quotes that looks like rules', 'a: "\nrules:\n- level: None\n"\n']
  ])('is not one with %s', (_, text) => {
    expect(treeOfRules(text)).toBeUndefined();
  });

  it('gives the same object for a rule that stays the same', () => {
    const [before, after] = ['None', 'Metadata'].map((level) => valueOfRules(`rules:\n- level: ${ level }\n- users: [a]\n`)?.['rules'] as readonly unknown[]);

    expect(after?.[1]).toBe(before?.[1]);
  });
});

function wholeOf(text: string): JsonNode {
  try {
    const { root, duplicates } = readYaml(text);

    expect(duplicates).toEqual([]);

    return root;
  } catch (error) {
    throw error instanceof Refusal ? new Error(`refused: ${ error.code }`) : error;
  }
}

/** Our parser counts comments behind a block to it or not, depending on what follows. */
function withoutBlockEnds(node: JsonNode): unknown {
  switch (node.kind) {
    case 'array':
      return { ...node, end: 0, items: node.items.map(withoutBlockEnds) };
    case 'object':
      return { ...node, end: 0, fields: node.fields.map((field) => ({ ...field, value: withoutBlockEnds(field.value) })) };
    default:
      return node;
  }
}
