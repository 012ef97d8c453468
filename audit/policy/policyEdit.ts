/**
 * Edits of a policy as data, so that one can be shown, offered or kept before it is made.
 */
import { addRule, duplicateRule, moveField, moveRule, removeRules, setPolicyField, setRule } from './edit';
import type { Path } from './finding';
import { isSameValue } from './sameValue';
import type { PolicyRule } from './types';

export type PolicyEdit =
  | { readonly type: 'set' | 'add'; readonly index: number; readonly rule: PolicyRule }
  | { readonly type: 'duplicate'; readonly index: number }
  | { readonly type: 'remove'; readonly indexes: readonly number[] }
  | { readonly type: 'move'; readonly index: number; readonly to: number }
  | { readonly type: 'stages'; readonly omitStages: readonly string[] }
  | { readonly type: 'managedFields'; readonly omitManagedFields: boolean | undefined }
  | { readonly type: 'field'; readonly from: Path; readonly to: Path; readonly value: unknown };

/** The text after an edit. It throws as the edits of edit.ts do. */
export function editPolicy(text: string, edit: PolicyEdit): string {
  switch (edit.type) {
    case 'add': return addRule(text, edit.rule, edit.index);
    case 'set': return setRule(text, edit.index, edit.rule);
    case 'duplicate': return duplicateRule(text, edit.index);
    case 'remove': return removeRules(text, edit.indexes);
    case 'move': return moveRule(text, edit.index, edit.to);
    case 'stages': return setPolicyField(text, 'omitStages', edit.omitStages);
    case 'managedFields': return setPolicyField(text, 'omitManagedFields', edit.omitManagedFields);
    case 'field': return moveField(text, edit.from, edit.to, edit.value);
  }
}

/**
 * An edit that was thought of for some rules, as it is to be made on those that are there by now: a rule keeps what has changed in it meanwhile,
 * but for the fields that the edit changes. Undefined where it is about other rules by now.
 */
export function editOnTop(edit: PolicyEdit, before: readonly PolicyRule[], now: readonly PolicyRule[]): PolicyEdit | undefined {
  if (before.length !== now.length) {
    return undefined;
  }
  const [old, current] = edit.type === 'set' ? [before[edit.index], now[edit.index]] : [];

  return edit.type === 'set' && old && current ? { ...edit, rule: mergedRule(old, current, edit.rule) } : edit;
}

function mergedRule(old: PolicyRule, current: PolicyRule, wanted: PolicyRule): PolicyRule {
  const fields = Object.keys({ ...old, ...wanted }) as (keyof PolicyRule)[];

  return { ...current, ...Object.fromEntries(fields.filter((field) => !isSameValue(old[field], wanted[field])).map((field) => [field, wanted[field]])) };
}
