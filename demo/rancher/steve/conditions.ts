/**
 * What wrangler concludes from conditions: the state of an object and of each condition.
 *
 * Source: wrangler pkg/summary/summarizers.go (v3.7.1), condition.go (NormalizeConditions)
 */
import { objectsAt, stringAt, valueAt, type JsonObject } from '../json';

export interface Summary {
  state: string;
  error: boolean;
  transitioning: boolean;
  readonly messages: string[];
}

type Condition = Readonly<{ type: string; status: string; reason: string; message: string }>;

const BY_REASON = '%REASON%';

/** True is fine, False an error, Unknown on its way. */
const TRANSITIONING_UNKNOWN: Readonly<Record<string, string>> = {
  Active: 'activating', AddonDeploy: 'provisioning', AgentDeployed: 'provisioning', BackingNamespaceCreated: 'configuring', Built: 'building',
  CertsGenerated: 'provisioning', ConfigOK: 'configuring', Created: 'creating', CreatorMadeOwner: 'configuring', DefaultNamespaceAssigned: 'configuring',
  DefaultNetworkPolicyCreated: 'configuring', DefaultProjectCreated: 'configuring', DockerProvisioned: 'provisioning', Deployed: 'deploying',
  Drained: 'draining', Downloaded: 'downloading', etcd: 'provisioning', Inactive: 'deactivating', Initialized: 'initializing', Installed: 'installing',
  NodesCreated: 'provisioning', Pending: 'pending', PodScheduled: 'scheduling', Provisioned: 'provisioning', Reconciled: 'reconciling',
  Refreshed: 'refreshed', Registered: 'registering', Removed: 'removing', Saved: 'saving', Updated: 'updating', Updating: 'updating', Upgraded: 'upgrading',
  Waiting: 'waiting', InitialRolesPopulated: 'activating', ScalingActive: 'pending', AbleToScale: 'pending', RunCompleted: 'running',
  Processed: 'processed', NodeHealthy: BY_REASON, NodeReady: BY_REASON
};

/** True is on its way. */
const TRANSITIONING_TRUE: Readonly<Record<string, string>> = {
  Reconciling: 'reconciling', ScalingUp: BY_REASON, ScalingDown: BY_REASON, Deleting: BY_REASON, Paused: BY_REASON
};

/** True is fine, False on its way, Unknown an error. */
const TRANSITIONING_FALSE: Readonly<Record<string, string>> = {
  Completed: 'activating', Ready: 'unavailable', Available: 'updating', BootstrapConfigReady: BY_REASON, InfrastructureReady: BY_REASON, MachinesReady: 'updating'
};

const ERROR_WHEN_TRUE = ['Stalled', 'Failed'];
const ERROR_WHEN_TRUE_ON_NODES = ['OutOfDisk', 'MemoryPressure', 'DiskPressure', 'NetworkUnavailable'];

/** The conditions of an object, as wrangler reads them. */
export function conditionsOf(object: JsonObject): Condition[] {
  return objectsAt(object, 'status', 'conditions').map((condition) => ({
    type: stringAt(condition, 'type'),
    status: stringAt(condition, 'status'),
    reason: stringAt(condition, 'reason'),
    message: stringAt(condition, 'message')
  }));
}

/** Nothing concluded yet. */
export function emptySummary(): Summary {
  return { state: '', error: false, transitioning: false, messages: [] };
}

/** Adds what the conditions say (checkErrors, checkTransitioning). */
export function summarizeConditions(object: JsonObject, conditions: readonly Condition[], summary: Summary): void {
  checkErrors(object, conditions, summary);
  checkUnknown(conditions, summary);
  checkTrue(conditions, summary);
  checkFalse(conditions, summary);
}

/** Writes `error`, `transitioning` and `lastUpdateTime` into each condition (NormalizeConditions). */
export function normalizeConditions(object: JsonObject): void {
  const cattle = stringAt(object, 'apiVersion').includes('cattle.io/');
  const all = conditionsOf(object);

  objectsAt(object, 'status', 'conditions').forEach((condition, index) => {
    const summary = emptySummary();
    const one = all.slice(index, index + 1);

    summarizeConditions(object, one, summary);
    if (cattle && one.some((item) => item.type === 'Ready' && item.status === 'False' && item.message !== '')) {
      summary.error = true;
    }
    condition['error'] = summary.error;
    condition['transitioning'] = summary.transitioning;
    if (stringAt(condition, 'lastUpdateTime') === '') {
      condition['lastUpdateTime'] = valueAt(condition, 'lastTransitionTime') ?? '';
    }
  });
}

function checkErrors(object: JsonObject, conditions: readonly Condition[], summary: Summary): void {
  const node = stringAt(object, 'kind') === 'Node' && stringAt(object, 'apiVersion') === 'v1';
  const errors = node ? ERROR_WHEN_TRUE_ON_NODES : ERROR_WHEN_TRUE;

  for (const condition of conditions) {
    if (condition.reason === 'Error' || (errors.includes(condition.type) && condition.status === 'True')) {
      summary.error = true;
      summary.messages.push(condition.message);
      if (summary.state === 'active' || summary.state === '') {
        summary.state = 'error';
      }
    }
  }
}

function checkUnknown(conditions: readonly Condition[], summary: Summary): void {
  for (const condition of conditions) {
    const state = stateFor(TRANSITIONING_UNKNOWN, condition);

    if (state === undefined) {
      continue;
    }
    if (condition.status === 'False') {
      summary.error = true;
      summary.state = state;
      summary.messages.push(condition.message);
    } else if (condition.status === 'Unknown' && summary.state === '') {
      summary.transitioning = true;
      summary.state = state;
      summary.messages.push(condition.message);
    }
  }
}

function checkTrue(conditions: readonly Condition[], summary: Summary): void {
  for (const condition of conditions) {
    const state = stateFor(TRANSITIONING_TRUE, condition);

    if (summary.state === '' && state !== undefined && condition.status === 'True') {
      summary.transitioning = true;
      summary.state = state;
      summary.messages.push(condition.message);
    }
  }
}

function checkFalse(conditions: readonly Condition[], summary: Summary): void {
  let notReady: string | undefined;

  for (const condition of conditions) {
    if (summary.state !== '') {
      break;
    }
    if (condition.type === 'Ready' && condition.status === 'False') {
      notReady = condition.message;
      continue;
    }

    const state = stateFor(TRANSITIONING_FALSE, condition);

    if (state !== undefined && (condition.status === 'False' || condition.status === 'Unknown')) {
      summary.transitioning = condition.status === 'False' || summary.transitioning;
      summary.error = condition.status === 'Unknown' || summary.error;
      summary.state = state;
      summary.messages.push(condition.message);
    }
  }
  if (summary.state === '' && notReady !== undefined) {
    summary.transitioning = true;
    summary.state = 'unavailable';
    summary.messages.push(notReady);
  }
}

function stateFor(table: Readonly<Record<string, string>>, condition: Condition): string | undefined {
  const state = Object.hasOwn(table, condition.type) ? table[condition.type] : undefined;

  return state === BY_REASON ? condition.reason : state;
}
