/** Clusters and sources in the short form of the case tables. */
import type { MachineConfig, MachineSelectorConfig, MachineSelectorFiles, RancherCluster } from '../../../../audit/cluster/rancherCluster';
import { AUTHORIZED, base64Of, BACKUP_LABEL, type SourceKind, type SourceObject } from '../../../../audit/cluster/sources';

export interface Given {
  readonly version: string;
  /** `machineGlobalConfig`, `machineSelectorConfig`, `machineSelectorFiles`. */
  readonly config?: MachineConfig;
  readonly selectors?: readonly MachineSelectorConfig[];
  readonly files?: readonly MachineSelectorFiles[];
  /** Other keys of `rkeConfig`, of `spec` and of `metadata`. */
  readonly rke?: object;
  readonly spec?: object;
  readonly metadata?: object;
  readonly status?: { readonly ready: boolean };
  readonly sources?: readonly GivenSource[];
}

export interface GivenSource {
  readonly name: string;
  readonly kind?: SourceKind;
  readonly namespace?: string;
  readonly text?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly authorized?: string;
  readonly immutable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A cluster with keys that are not ours around the ones that are. */
export function clusterOf({ version, config, selectors, files, rke, spec, metadata, status }: Given): RancherCluster {
  return {
    metadata: { name: 'demo', namespace: 'fleet-default', ...metadata },
    spec:     {
      kubernetesVersion: version,
      ...spec,
      rkeConfig:         { ...{ chartValues: {}, networking: {} }, ...rke, ...(config ? { machineGlobalConfig: config } : {}), ...(selectors ? { machineSelectorConfig: selectors } : {}), ...(files ? { machineSelectorFiles: files } : {}) }
    },
    ...(status ? { status } : {})
  };
}

/** The object, in a namespace and with the backup label, where nothing else is said. */
export function sourceOf({ name, kind = 'Secret', namespace = 'fleet-default', text = {}, binaryData, authorized, immutable, labels = { [BACKUP_LABEL]: 'true' } }: GivenSource): SourceObject {
  return {
    kind,
    metadata: { name, namespace, annotations: authorized === undefined ? {} : { [AUTHORIZED]: authorized }, labels },
    data:     Object.fromEntries(Object.entries(text).map(([key, value]) => [key, kind === 'Secret' ? base64Of(value) : value])),
    ...(binaryData ? { binaryData } : {}),
    ...(immutable ? { immutable } : {})
  };
}
