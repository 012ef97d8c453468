/**
 * Label selectors. None at all matches every machine here, and so does an empty one.
 *
 * Source: rancher pkg/capr/planner (config.go addUserConfig, renderFiles), Kubernetes' LabelSelectorAsSelector
 */
import { isObject, objectAt, objectsAt, stringAt, valueAt, type JsonObject, type JsonValue } from '../json';

/** Whether a selector matches labels. */
export function selects(selector: JsonValue | undefined, labels: JsonObject): boolean {
  return !isObject(selector)
    || (Object.entries(objectAt(selector, 'matchLabels')).every(([key, value]) => valueAt(labels, key) === value)
      && objectsAt(selector, 'matchExpressions').every((expression) => holds(expression, labels)));
}

function holds(expression: JsonObject, labels: JsonObject): boolean {
  const label = valueAt(labels, stringAt(expression, 'key'));
  const values = valueAt(expression, 'values');
  const listed = label !== undefined && Array.isArray(values) && values.includes(label);

  switch (stringAt(expression, 'operator')) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    default:
      return false;
  }
}
