/**
 * Which type a policy text says it is, and what kube-apiserver makes of that before it decodes it.
 *
 * Source: k8s.io/apimachinery/pkg/runtime/serializer/json (Interpret, gvkWithDefaults), pkg/runtime/schema (ParseGroupVersion) and
 * k8s.io/apiserver/pkg/audit/policy/reader.go. The names of fields count here in any case, as in Go's encoding/json.
 */
import type { Finding, Path } from './finding';
import { goQuoted } from './goText';
import type { JsonNode } from './jsonTree';
import { API_VERSION, KIND } from './types';

export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What is wrong with the type: the finding, and what kube-apiserver prints. */
export interface TypeProblem {
  readonly code: string;
  readonly path: Path;
  readonly params: Finding['params'];
  readonly error: string;
}

const GROUP = 'audit.k8s.io';
/** What else is registered for audit.k8s.io/v1: it decodes, and can't become a policy. */
const OTHER_KINDS = ['Event', 'EventList', 'PolicyList', 'WatchEvent', 'ListOptions', 'GetOptions', 'DeleteOptions', 'CreateOptions', 'UpdateOptions', 'PatchOptions'];
const TYPE_META = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** Why a text is no audit.k8s.io/v1 Policy; undefined if it is one. */
export function problemOfType(root: JsonNode): TypeProblem | undefined {
  if (root.kind !== 'object' && root.kind !== 'null') {
    return problem('policy.wrongType', [], { field: '', wanted: 'object', got: root.kind }, `couldn't get version/kind; json parse error: json: cannot unmarshal ${ root.kind } into Go value of type ${ TYPE_META }`);
  }
  const meta: Record<'apiVersion' | 'kind', string> = { apiVersion: '', kind: '' };
  let wrong: TypeProblem | undefined;

  for (const { name, value } of root.kind === 'object' ? root.fields : []) {
    const field = folded(name) === 'apiversion' ? 'apiVersion' : folded(name) === 'kind' ? 'kind' : undefined;

    if (field && value.kind === 'string') {
      meta[field] = value.value;
    } else if (field && value.kind !== 'null') {
      wrong ??= problem('policy.wrongType', [name], { field: name, wanted: 'string', got: value.kind }, `couldn't get version/kind; json parse error: json: cannot unmarshal ${ value.kind } into Go struct field .${ field } of type string`);
    }
  }

  return wrong ?? problemOf(meta, root.kind === 'null');
}

function problemOf({ apiVersion, kind }: TypeMeta, isEmpty: boolean): TypeProblem | undefined {
  const [first = '', second] = apiVersion.split('/');
  const [group, version] = second === undefined ? ['', first] : [first, second];

  if (apiVersion.split('/').length > 2) {
    return problem('policy.apiVersion', ['apiVersion'], { got: apiVersion, wanted: API_VERSION }, `unexpected GroupVersion string: ${ apiVersion }`);
  }
  const isInternal = group === GROUP ? version === '' || version === '__internal' : group === '' && version === '';

  if (isInternal && (kind === '' || kind === KIND)) {
    return {
      ...problem(isEmpty ? 'policy.empty' : 'policy.apiVersion', isEmpty ? [] : ['apiVersion'], { got: apiVersion, wanted: API_VERSION }, ''),
      error: `unknown group version field ${ GROUP }/__internal, Kind=${ KIND } in policy`
    };
  }
  if (group === GROUP && version === 'v1' && OTHER_KINDS.includes(kind)) {
    return problem('policy.kind', ['kind'], { got: kind, wanted: KIND }, `converting (v1.${ kind }) to (audit.${ KIND }): unknown conversion`);
  }
  if (isInternal) {
    return problem('policy.kind', ['kind'], { got: kind, wanted: KIND }, `no kind ${ goQuoted(kind) } is registered for the internal version of group "${ GROUP }"`);
  }
  if (group !== GROUP || version !== 'v1') {
    return problem('policy.apiVersion', ['apiVersion'], { got: apiVersion, wanted: API_VERSION }, `no kind ${ goQuoted(kind || KIND) } is registered for version ${ goQuoted(group ? `${ group }/${ version }` : version) }`);
  }

  return kind === '' || kind === KIND ? undefined : problem('policy.kind', ['kind'], { got: kind, wanted: KIND }, `no kind ${ goQuoted(kind) } is registered for version ${ goQuoted(API_VERSION) }`);
}

function problem(code: string, path: Path, params: Finding['params'], reason: string): TypeProblem {
  return { code, path, params, error: `failed decoding: ${ reason }` };
}

/** As Go folds case: the long s and the Kelvin sign too. */
function folded(name: string): string {
  return name.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}
