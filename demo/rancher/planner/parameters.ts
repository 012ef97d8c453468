/**
 * Keys of the configuration whose value is the content of a file: Rancher writes the file and puts its path there.
 *
 * Whatever stands there becomes the content, be it empty or a path.
 * Source: rancher pkg/capr/planner (planner.go fileParams, config.go addConfigFile, configFile); ToString trims
 */
import type { JsonObject } from '../json';
import { dataDirectoryOf } from './config';
import type { PlannedFile } from './files';

const PARAMETERS = ['audit-policy-file', 'cloud-provider-config', 'flannel-conf'];

/** Replaces the contents in a configuration by paths, and returns the files. */
export function takeFiles(config: JsonObject, cluster: JsonObject): PlannedFile[] {
  return PARAMETERS.flatMap((parameter) => {
    const value = config[parameter];

    if (value === undefined) {
      return [];
    }

    const path = `${ dataDirectoryOf(cluster) }/etc/config-files/${ parameter }`;

    config[parameter] = path;

    return [{ path, content: (typeof value === 'string' ? value : JSON.stringify(value)).trim(), permissions: '', dynamic: false }];
  });
}
