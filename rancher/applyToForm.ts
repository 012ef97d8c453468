/**
 * Brings a Change into the live model of the host's form, which the host then saves.
 */
import type { Operation } from '../audit/cluster/change';
import type { RancherCluster } from '../audit/cluster/rancherCluster';

type Fields = Record<string, unknown>;

/**
 * Writes into the model exactly what differs between a change's `before` and `after`: what they share is not touched, so
 * that objects which the host's own form parts hold stay the same objects.
 */
export function applyToForm({ operations }: { readonly operations: readonly Operation[] }, model: RancherCluster): void {
  for (const operation of operations) {
    if (operation.kind === 'Cluster') {
      setDifferences(model as Fields, operation.before as Fields, operation.after as Fields);
    }
  }
}

/** Sets an annotation of the model, or takes it out; touches nothing where it is so already. */
export function setAnnotation(model: RancherCluster, name: string, value: string | undefined): void {
  const { annotations } = model.metadata ?? {};

  if (annotations?.[name] !== value) {
    const { [name]: _, ...others } = annotations ?? {};

    setDifferences(model as Fields, { metadata: { annotations } }, { metadata: { annotations: value === undefined ? others : { ...others, [name]: value } } });
  }
}

function setDifferences(target: Fields, before: Fields, after: Fields): void {
  for (const key of Object.keys(before)) {
    if (!(key in after)) {
      delete target[key];
    }
  }
  for (const [key, value] of Object.entries(after)) {
    if (before[key] === value) {
      continue;
    }
    if (isFields(target[key]) && isFields(before[key]) && isFields(value)) {
      setDifferences(target[key], before[key], value);
    } else {
      target[key] = value;
    }
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
