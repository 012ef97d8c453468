/**
 * Edits of a policy as data, so that one can be shown, offered or kept before it is made.
 */
import { addRule, duplicateRule, moveRule, removeRules, setPolicyField, setRule } from './edit';
import type { PolicyRule } from './types';

export type PolicyEdit =
  | { readonly type: 'set' | 'add'; readonly index: number; readonly rule: PolicyRule }
  | { readonly type: 'duplicate'; readonly index: number }
  | { readonly type: 'remove'; readonly indexes: readonly number[] }
  | { readonly type: 'move'; readonly index: number; readonly to: number }
  | { readonly type: 'stages'; readonly omitStages: readonly string[] }
  | { readonly type: 'managedFields'; readonly omitManagedFields: boolean | undefined };

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
  }
}
