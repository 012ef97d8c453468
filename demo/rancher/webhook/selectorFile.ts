/**
 * The entry of `machineSelectorFiles` that the webhook keeps for a pod security template.
 *
 * Source: webhook pkg/resources/provisioning.cattle.io/v1/cluster/mutator.go (machineSelectorFileForPSA,
 * dropMachineSelectorFile: whatever its hash, an entry that says the same is the webhook's own)
 */
import { isObject, isSame, objectsAt, removeAt, setAt, valueAt, clone, type JsonObject, type JsonValue } from '../json';

export const PSACT_KEY = 'admission-config-psact';

/** The entry that delivers the Secret to the control plane. */
export function psactFile(secret: string, path: string, hash: string): JsonObject {
  return {
    fileSources: [{ configMap: { name: '' }, secret: { items: [{ hash, key: PSACT_KEY, path }], name: secret } }],
    machineLabelSelector: { matchLabels: { 'rke.cattle.io/control-plane-role': 'true' } }
  };
}

/** Takes the webhook's own entry out of a cluster: the last one, should there be several. */
export function dropPsactFile(cluster: JsonObject, secret: string, path: string): void {
  const files = valueAt(cluster, 'spec', 'rkeConfig', 'machineSelectorFiles');
  const own = bare(psactFile(secret, path, ''));

  if (!Array.isArray(files)) {
    return;
  }

  const index = files.findLastIndex((file) => isObject(file) && isSame(bare(file), own));

  if (index >= 0) {
    setFiles(cluster, files.toSpliced(index, 1));
  }
}

/** Appends the webhook's entry to those of a cluster. */
export function addPsactFile(cluster: JsonObject, file: JsonObject): void {
  const files = valueAt(cluster, 'spec', 'rkeConfig', 'machineSelectorFiles');

  setFiles(cluster, [...(Array.isArray(files) ? files : []), file]);
}

function setFiles(cluster: JsonObject, files: JsonValue[]): void {
  if (files.length === 0) {
    removeAt(cluster, 'spec', 'rkeConfig', 'machineSelectorFiles');
  } else {
    setAt(cluster, files, 'spec', 'rkeConfig', 'machineSelectorFiles');
  }
}

/** Without hashes, and without what Go's zero values mean anyway. */
function bare(file: JsonObject): JsonObject {
  const copy = clone(file);

  for (const source of objectsAt(copy, 'fileSources')) {
    for (const kind of ['secret', 'configMap']) {
      for (const item of objectsAt(source, kind, 'items')) {
        delete item['hash'];
        dropZeros(item);
      }

      const object = source[kind];

      if (isObject(object)) {
        dropZeros(object);
        if (Object.keys(object).length === 0) {
          delete source[kind];
        }
      }
    }
  }

  return copy;
}

function dropZeros(object: JsonObject): void {
  for (const [key, value] of Object.entries(object)) {
    if (value === '' || value === false || value === null || (Array.isArray(value) && value.length === 0)) {
      delete object[key];
    }
  }
}
