/**
 * What a form keeps of an audit log that the host's live model can't hold: it belongs to the model, and outlives the tab's component,
 * which the host mounts anew after Edit as YAML.
 */
import { shallowReactive, shallowRef, type Ref } from 'vue';

import type { RancherCluster } from '../audit/cluster/rancherCluster';
import type { Parked } from '../audit/cluster/runtimeSwitch';
import type { WantedSettings } from '../audit/cluster/settings';
import type { SourceObject, SourceRef, Sources } from '../audit/cluster/sources';
import { keyOf } from './sourceStore';

export interface FormDrafts {
  /** The cluster as the tab saw it first, for hosts that don't say. */
  readonly opened: RancherCluster;
  /** Objects as a save will write them, by `keyOf`. Reactive. */
  readonly objects: Map<string, SourceObject>;
  /** Those that the user chose to edit in place, by `keyOf`. Reactive. */
  readonly adopted: Set<string>;
  /** Those that this form has created. */
  readonly created: Map<string, SourceRef>;
  /** Expectations of a policy that no object holds, as text. */
  readonly expectations: Ref<string>;
  /** What the user wanted last, or a switch of the runtime for them. */
  wanted: WantedSettings | undefined;
  parked: Parked | undefined;
  /** Whether the user has changed the audit log since the form was opened, or saved. */
  isEdited: boolean;
}

const DRAFTS = new WeakMap<object, FormDrafts>();

/** The drafts of a form's cluster; the same for each component that shows it. `cluster` is the raw model. */
export function draftsOf(cluster: RancherCluster): FormDrafts {
  const drafts = DRAFTS.get(cluster) ?? newDrafts(cluster);

  DRAFTS.set(cluster, drafts);

  return drafts;
}

function newDrafts({ metadata, spec, status }: RancherCluster): FormDrafts {
  return {
    opened:  JSON.parse(JSON.stringify({ metadata, spec, status })) as RancherCluster,
    objects: shallowReactive(new Map<string, SourceObject>()),
    adopted: shallowReactive(new Set<string>()),
    created: new Map<string, SourceRef>(),
    expectations: shallowRef(''),
    wanted:  undefined,
    parked:  undefined,
    isEdited: false
  };
}

/** The objects as they will be: the drafts over those of the server. */
export function withDrafts(sources: Sources, { objects }: FormDrafts): Sources {
  return (ref) => objects.get(keyOf(ref)) ?? sources(ref);
}
