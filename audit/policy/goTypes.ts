/**
 * The Go types that kube-apiserver decodes a policy into, as far as JSON sees them. The names are those of its messages.
 *
 * Source: k8s.io/apiserver/pkg/apis/audit/v1/types.go and k8s.io/apimachinery/pkg/apis/meta/v1/types.go.
 */

export type GoType =
  | { readonly kind: 'string' | 'bool' | 'int64'; readonly name: string }
  /** A time of RFC 3339. */
  | { readonly kind: 'time'; readonly name: string }
  /** Any JSON. */
  | { readonly kind: 'raw'; readonly name: string }
  | { readonly kind: 'pointer'; readonly name: string; readonly to: GoType }
  | { readonly kind: 'slice'; readonly name: string; readonly of: GoType }
  | { readonly kind: 'map'; readonly name: string; readonly of: GoType }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: ReadonlyMap<string, GoType> };

const STRING: GoType = { kind: 'string', name: 'string' };
const BOOL: GoType = { kind: 'bool', name: 'bool' };
const INT64: GoType = { kind: 'int64', name: 'int64' };
const TIME: GoType = { kind: 'time', name: 'v1.Time' };
const UID: GoType = { kind: 'string', name: 'types.UID' };
const STRINGS = sliceOf(STRING);
const STRING_MAP: GoType = { kind: 'map', name: 'map[string]string', of: STRING };
const STAGES = sliceOf({ kind: 'string', name: 'v1.Stage' });

const OWNER_REFERENCE = struct('v1.OwnerReference', { apiVersion: STRING, kind: STRING, name: STRING, uid: UID, controller: pointerTo(BOOL), blockOwnerDeletion: pointerTo(BOOL) });

const MANAGED_FIELDS_ENTRY = struct('v1.ManagedFieldsEntry', {
  manager:    STRING,
  operation:  { kind: 'string', name: 'v1.ManagedFieldsOperationType' },
  apiVersion: STRING,
  time:       pointerTo(TIME),
  fieldsType: STRING,
  fieldsV1:   pointerTo({ kind: 'raw', name: 'v1.FieldsV1' }),
  subresource: STRING
});

const OBJECT_META = struct('v1.ObjectMeta', {
  name:                       STRING,
  generateName:               STRING,
  namespace:                  STRING,
  selfLink:                   STRING,
  uid:                        UID,
  resourceVersion:            STRING,
  generation:                 INT64,
  creationTimestamp:          TIME,
  deletionTimestamp:          pointerTo(TIME),
  deletionGracePeriodSeconds: pointerTo(INT64),
  labels:                     STRING_MAP,
  annotations:                STRING_MAP,
  ownerReferences:            sliceOf(OWNER_REFERENCE),
  finalizers:                 STRINGS,
  managedFields:              sliceOf(MANAGED_FIELDS_ENTRY)
});

const GROUP_RESOURCES = struct('v1.GroupResources', { group: STRING, resources: STRINGS, resourceNames: STRINGS });

const POLICY_RULE = struct('v1.PolicyRule', {
  level:             { kind: 'string', name: 'v1.Level' },
  users:             STRINGS,
  userGroups:        STRINGS,
  verbs:             STRINGS,
  resources:         sliceOf(GROUP_RESOURCES),
  namespaces:        STRINGS,
  nonResourceURLs:   STRINGS,
  omitStages:        STAGES,
  omitManagedFields: pointerTo(BOOL)
});

export const POLICY = struct('v1.Policy', {
  kind:              STRING,
  apiVersion:        STRING,
  metadata:          OBJECT_META,
  rules:             sliceOf(POLICY_RULE),
  omitStages:        STAGES,
  omitManagedFields: BOOL
});

function sliceOf(of: GoType): GoType {
  return { kind: 'slice', name: `[]${ of.name }`, of };
}

/** Messages name what a pointer points to. */
function pointerTo(to: GoType): GoType {
  return { kind: 'pointer', name: to.name, to };
}

function struct(name: string, fields: Readonly<Record<string, GoType>>): GoType & { kind: 'struct' } {
  return { kind: 'struct', name, fields: new Map(Object.entries(fields)) };
}
