/**
 * `metadata.state` and `metadata.relationships`, which Steve adds to every object it answers.
 *
 * Source: wrangler pkg/summary/summarizers.go, steve pkg/summarycache/summarycache.go
 */
import { isObject, objectAt, objectsAt, stringAt, valueAt, type JsonObject, type JsonValue } from '../json';
import { idFrom, type Objects } from '../objects';
import { RESOURCE_TYPES, typeOfKind } from '../types';
import { conditionsOf, emptySummary, summarizeConditions, type Summary } from './conditions';

/** Kinds of which kstatus says that they are always ready (sigs.k8s.io/cli-utils kstatus). */
const ALWAYS_READY = ['ConfigMap', 'Secret', 'Service'];

interface Relation {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly rel: 'owner' | 'applies';
}

/** The state as it stands in `metadata.state`. */
export function stateOf(object: JsonObject): JsonObject {
  const summary = summarize(object);

  return {
    name: summary.state,
    error: summary.error,
    transitioning: summary.transitioning,
    message: [...new Set(summary.messages.map((message) => message.trim()).filter((message) => message !== ''))].join(':')
  };
}

/** Everything that wrangler concludes about an object. */
export function summarize(object: JsonObject): Summary {
  const summary = emptySummary();

  checkStatusSummary(object, summary);
  summarizeConditions(object, conditionsOf(object), summary);
  checkPhase(object, summary);
  if (stringAt(object, 'metadata', 'deletionTimestamp') !== '') {
    summary.state = 'removing';
    summary.transitioning = true;
  }
  if (summary.state === '') {
    summary.state = 'active';
    summary.messages.push(ALWAYS_READY.includes(stringAt(object, 'kind')) ? 'Resource is always ready' : 'Resource is current');
  }
  summary.state = summary.state.toLowerCase();

  return summary;
}

/** The objects that this one belongs to, and those that belong to it; null when there are none, as Go writes an empty slice. */
export function relationshipsOf(object: JsonObject, objects: Objects): JsonValue {
  const upwards = relationsOf(object).map((relation) => described({
    fromId: idFrom(relation.namespace, relation.name),
    fromType: typeIdOf(relation.apiVersion, relation.kind),
    rel: relation.rel
  }, find(objects, relation)));
  const downwards = belongingTo(object, objects).map(({ other, relation }) => described({
    toId: idFrom(stringAt(other, 'metadata', 'namespace'), stringAt(other, 'metadata', 'name')),
    toType: typeIdOf(stringAt(other, 'apiVersion'), stringAt(other, 'kind')),
    rel: relation.rel
  }, other));
  const all = [...upwards, ...downwards];

  return all.length === 0 ? null : all;
}

function checkStatusSummary(object: JsonObject, summary: Summary): void {
  const display = objectAt(object, 'status', 'display');
  const given = Object.keys(display).length > 0 ? display : objectAt(object, 'status', 'summary');

  summary.state = stringAt(given, 'state');
  summary.transitioning = valueAt(given, 'transitioning') === true;
  summary.error = valueAt(given, 'error') === true;
  if (valueAt(given, 'message') !== undefined) {
    summary.messages.push(stringAt(given, 'message'));
  }
}

function checkPhase(object: JsonObject, summary: Summary): void {
  const phase = stringAt(object, 'status', 'phase');

  if (phase === 'Succeeded' || phase === 'Bound') {
    summary.state = phase;
    summary.transitioning = false;
  } else if (phase !== '' && summary.state === '') {
    summary.state = phase;
  }
}

function relationsOf(object: JsonObject): Relation[] {
  const namespace = stringAt(object, 'metadata', 'namespace');
  const owners = objectsAt(object, 'metadata', 'ownerReferences').map((owner): Relation => ({
    apiVersion: stringAt(owner, 'apiVersion'),
    kind: stringAt(owner, 'kind'),
    namespace: typeOfKind(stringAt(owner, 'apiVersion'), stringAt(owner, 'kind'))?.namespaced ? namespace : '',
    name: stringAt(owner, 'name'),
    rel: 'owner'
  }));

  return owners.length > 0 ? owners : appliedBy(object);
}

/** checkApplyOwned: what Rancher's controllers generate carries its owner in annotations. */
function appliedBy(object: JsonObject): Relation[] {
  const annotations = objectAt(object, 'metadata', 'annotations');
  const [apiVersion, kind] = stringAt(annotations, 'objectset.rio.cattle.io/owner-gvk').split(', Kind=');

  return apiVersion === undefined || kind === undefined
    ? []
    : [{
      apiVersion,
      kind,
      namespace: stringAt(annotations, 'objectset.rio.cattle.io/owner-namespace'),
      name: stringAt(annotations, 'objectset.rio.cattle.io/owner-name'),
      rel: 'applies'
    }];
}

function belongingTo(object: JsonObject, objects: Objects): { other: JsonObject; relation: Relation }[] {
  return RESOURCE_TYPES.flatMap((type) => objects.list(type).flatMap((other) => relationsOf(other)
    .filter((relation) => relation.name === stringAt(object, 'metadata', 'name')
      && relation.namespace === stringAt(object, 'metadata', 'namespace')
      && relation.kind === stringAt(object, 'kind')
      && relation.apiVersion === stringAt(object, 'apiVersion'))
    .map((relation) => ({ other, relation }))));
}

function described(relationship: JsonObject, other: JsonObject | undefined): JsonObject {
  if (!other) {
    return relationship;
  }

  const state = stateOf(other);

  return {
    ...relationship,
    state: state['name'] ?? '',
    ...(state['message'] === '' ? {} : { message: state['message'] ?? '' }),
    ...(state['error'] === true ? { error: true } : {}),
    ...(state['transitioning'] === true ? { transitioning: true } : {})
  };
}

function find(objects: Objects, relation: Relation): JsonObject | undefined {
  const type = typeOfKind(relation.apiVersion, relation.kind);
  const found = type && objects.get(type, relation.namespace, relation.name);

  return isObject(found) ? found : undefined;
}

function typeIdOf(apiVersion: string, kind: string): string {
  const group = apiVersion.includes('/') ? `${ apiVersion.split('/')[0] ?? '' }.` : '';

  return `${ group }${ kind.toLowerCase() }`;
}
