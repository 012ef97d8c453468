/** The types of the values that plans rely on, as Kubernetes holds what it stores to them; a file may hold anything. */
import type { Path } from '../audit/policy/finding';

type Shape = 'text' | { readonly list: Shape } | { readonly map: Shape | 'any' } | { readonly fields: Readonly<Record<string, Shape>> };

const MAP: Shape = { map: 'any' };
const TEXTS: Shape = { map: 'text' };
const SELECTOR: Shape = { fields: { matchLabels: TEXTS, matchExpressions: { list: { fields: { key: 'text', operator: 'text', values: { list: 'text' } } } } } };
const FILE_SOURCE: Shape = { fields: { name: 'text', items: { list: { fields: { key: 'text', path: 'text', hash: 'text' } } } } };
const RKE_CONFIG: Shape = {
  fields: {
    dataDirectories:       { fields: { k8sDistro: 'text' } },
    etcdSnapshotRestore:   MAP,
    machineGlobalConfig:   MAP,
    machinePools:          { list: MAP },
    machineSelectorConfig: { list: { fields: { machineLabelSelector: SELECTOR, config: MAP } } },
    machineSelectorFiles:  { list: { fields: { machineLabelSelector: SELECTOR, fileSources: { list: { fields: { secret: FILE_SOURCE, configMap: FILE_SOURCE } } } } } },
    upgradeStrategy:       { fields: { controlPlaneDrainOptions: MAP, workerDrainOptions: MAP } }
  }
};
const METADATA: Shape = { fields: { name: 'text', namespace: 'text', resourceVersion: 'text', labels: TEXTS, annotations: TEXTS, managedFields: { list: { fields: { manager: 'text' } } } } };

export const CLUSTER: Shape = { fields: { metadata: METADATA, spec: { fields: { kubernetesVersion: 'text', defaultPodSecurityAdmissionConfigurationTemplateName: 'text', rkeConfig: RKE_CONFIG, displayName: 'text', fleetWorkspaceName: 'text' } }, status: MAP } };
export const SOURCE: Shape = { fields: { metadata: METADATA, type: 'text', data: TEXTS, stringData: TEXTS, binaryData: TEXTS } };

export interface Misshapen {
  readonly path: Path;
  readonly wanted: 'string' | 'array' | 'object';
}

/** The first value that is of another type; null is as good as absent. */
export function misshapenIn(value: unknown, shape: Shape | 'any', path: Path = []): Misshapen | undefined {
  if (value === undefined || value === null || shape === 'any') {
    return undefined;
  }
  if (shape === 'text') {
    return typeof value === 'string' ? undefined : { path, wanted: 'string' };
  }
  if ('list' in shape) {
    return Array.isArray(value) ? firstOf(value.map((item, index) => misshapenIn(item, shape.list, [...path, index]))) : { path, wanted: 'array' };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { path, wanted: 'object' };
  }

  return firstOf(Object.entries(value).map(([key, field]) => misshapenIn(field, 'map' in shape ? shape.map : Object.hasOwn(shape.fields, key) ? shape.fields[key] ?? 'any' : 'any', [...path, key])));
}

function firstOf(found: readonly (Misshapen | undefined)[]): Misshapen | undefined {
  return found.find((each) => each !== undefined);
}
