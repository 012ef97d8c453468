/** `plan`: what has to change so that a cluster has a policy, or none; nothing is written but a new directory, where one is asked for. */
import { join } from 'node:path';

import type { Change } from '../audit/cluster/change';
import { configuredBy, unconfigured } from '../audit/cluster/configuredBy';
import { findingsOfPolicy, kubernetesVersionOf, neededSources, planAuditSettings } from '../audit/cluster/distributions';
import { nodeConfigOf } from '../audit/cluster/nodeConfig';
import { sourceKindOf } from '../audit/cluster/planning';
import { namespaceOf, type RancherCluster } from '../audit/cluster/rancherCluster';
import type { WantedSettings } from '../audit/cluster/settings';
import { NOTHING_READ, sourcesOf, type SourceObject } from '../audit/cluster/sources';
import { blocks, fieldName, type Finding } from '../audit/policy/finding';
import { valueAt } from '../audit/policy/valueAt';
import { KUBERNETES, stringOf, stringsOf, type Call, type Command, type Options } from './command';
import { DIRECTORY_EXPORTS, TEXT_EXPORTS, type Exported } from './exports';
import { expectationsIn } from './expectations';
import { linesOfFinding } from './findings';
import { EXIT, UsageError, type ExitCode } from './io';
import { clusterIn, sourcesIn } from './manifests';
import { adoptedOf, checkCluster, LOG_OPTIONS, askedFor, oneOf, PRESET_IDS, withVersion } from './planInput';
import { print, printJson, printProblem } from './print';
import { styleOf } from './style';

/** The form in which a change goes to whoever manages the cluster. */
const FORMS_OF_OWNERS: Readonly<Record<string, string>> = { Fleet: 'fleet', Helm: 'yaml', Terraform: 'terraform' };
const OUTPUTS = [...Object.keys(TEXT_EXPORTS), 'json', ...Object.keys(DIRECTORY_EXPORTS), 'config'];
const OPTIONS: Options = {
  'cluster': { type: 'string' }, 'sources': { type: 'string', multiple: true }, 'policy': { type: 'string' }, 'preset': { type: 'string' }, 'from-rke1': { type: 'string' }, 'off': { type: 'boolean' },
  'expectations': { type: 'string' }, 'delivery': { type: 'string' }, 'adopt': { type: 'string' }, 'delete-source': { type: 'boolean' }, 'output': { type: 'string', short: 'o' }, 'out': { type: 'string' },
  ...KUBERNETES,
  ...Object.fromEntries(LOG_OPTIONS.map((name) => [name, { type: 'string' as const }]))
};

export const PLAN: Command = {
  name:       'plan',
  options:    OPTIONS,
  helpParams: { presets: PRESET_IDS.join(', ') },
  run:        async (call) => {
    const { values, files, io } = call;
    const output = oneOf(values, 'output', OUTPUTS) ?? 'diff';
    const [file, out] = ['cluster', 'out'].map((name) => stringOf(values, name));
    const sourceFiles = stringsOf(values, 'sources');

    if (file === undefined || files.length) {
      throw new UsageError('oneClusterFile');
    }
    if (DIRECTORY_EXPORTS[output] ? !out : out !== undefined) {
      throw new UsageError(DIRECTORY_EXPORTS[output] ? 'outMissing' : 'outAlone', { output });
    }
    const cluster = withVersion(await clusterIn(file, io), values, file);
    const objects = await sourcesIn(sourceFiles, cluster, io);
    const sources = sourceFiles.length ? sourcesOf(objects) : NOTHING_READ;
    const adopt = adoptedOf(values, cluster, sources);
    const { wanted: asked, findings: ofWish } = await askedFor(values, cluster, sources, adopt, io);
    const wanted = await withExpectations(call, output, asked);

    await printStrays(call, cluster, objects);
    if (output === 'config') {
      return printConfig(call, cluster, wanted, ofWish);
    }
    checkCluster(cluster, wanted, output, file);
    const planned: Change = wanted ? planAuditSettings(cluster, sources, wanted, { deleteSource: values['delete-source'] === true, ...(adopt ? { adopt } : {}) }) : { findings: [], operations: [] };
    const change: Change = { ...planned, findings: [...ofWish, ...planned.findings] };
    const policy = wanted?.state === 'on' ? wanted.policy : undefined;

    await (out === undefined ? printChange(call, output, change) : writeChange(call, output, out, { cluster, policy, operations: change.operations }, change.findings));

    return blocks(change.findings) ? EXIT.hazard : EXIT.done;
  }
};

/** What is wanted, with the expectations of `--expectations`, for which only a Secret or a ConfigMap has a place. */
async function withExpectations({ values, io, t }: Call, output: string, wanted: WantedSettings | undefined): Promise<WantedSettings | undefined> {
  const file = stringOf(values, 'expectations');

  if (file === undefined || wanted?.state !== 'on') {
    return wanted;
  }
  if (output === 'config' || !sourceKindOf(wanted.delivery)) {
    throw output === 'config' ? new UsageError('expectationsConfig') : new UsageError('expectationsDelivery', { delivery: wanted.delivery });
  }
  const { text } = await expectationsIn(file, io, t);

  return { ...wanted, expectations: text };
}

async function printChange(call: Call, output: string, { findings, operations }: Change): Promise<void> {
  if (output === 'json') {
    const reported = operations.map(({ action, kind, namespace, name, before, after }) => ({ action, kind, namespace, name, before, after }));

    await printJson(call.io.out, { findings, operations: reported });
  } else {
    await printFindings(call, findings);
    for (const { kind, namespace, name } of output === 'yaml' ? operations.filter(({ action }) => action === 'delete') : []) {
      await printProblem(call.io, call.t('cli.plan.deleted', { kind, namespace, name }));
    }
    const text = TEXT_EXPORTS[output]?.(operations) ?? '';

    // A diff is for people, the others are for tools.
    await (output === 'diff' ? print(call.io.out, text.split('\n').slice(0, -1)) : call.io.out.write(text));
  }
}

/** Writes the files of a directory, and prints their names; nothing where nothing is to be done. */
async function writeChange(call: Call, output: string, out: string, exported: Exported, findings: readonly Finding[]): Promise<void> {
  const files = DIRECTORY_EXPORTS[output]?.(exported, call.t) ?? [];

  await printFindings(call, findings);
  if (files.length) {
    await call.io.writeNewFiles(out, files);
    await print(call.io.out, files.map(({ path }) => join(out, path)));
  } else if (!blocks(findings)) {
    await print(call.io.err, [call.t('cli.plan.nothing')]);
  }
}

/** Arguments for the nodes' own files, which name a file that someone has to put there. */
async function printConfig(call: Call, cluster: RancherCluster, wanted: WantedSettings | undefined, ofWish: readonly Finding[]): Promise<ExitCode> {
  const version = runningVersionOf(cluster);
  const config = wanted?.state === 'on' ? nodeConfigOf(version, cluster, wanted.options ?? {}) : undefined;
  // Rancher would write over what someone puts on such nodes.
  const refused = configuredBy(cluster) === 'provisioning' ? unconfigured(cluster, 'block') : undefined;

  if (!wanted || refused) {
    await printFindings(call, [...refused ? [refused] : [], ...ofWish]);

    return EXIT.hazard;
  }
  if (wanted.state === 'off' || !config) {
    throw new UsageError(wanted.state === 'off' ? 'configOff' : 'configVersion');
  }
  const findings = [...ofWish, ...config.findings, ...findingsOfPolicy(wanted.policy, version)];

  await printFindings(call, findings);
  if (!blocks(findings)) {
    await call.io.out.write(`${ call.t('cli.plan.config', { path: config.policyPath }).trimEnd().split('\n').map((line) => `# ${ line }\n`).join('') }${ config.yaml }`);
  }

  return blocks(findings) ? EXIT.hazard : EXIT.done;
}

/** The version that a cluster asks for, or that an imported one was found with. Source: rancher pkg/apis/management.cattle.io/v3. */
function runningVersionOf(cluster: RancherCluster): string | undefined {
  const found = [['spec', 'rke2Config', 'kubernetesVersion'], ['spec', 'k3sConfig', 'kubernetesVersion'], ['status', 'version', 'gitVersion']].map((path) => valueAt(cluster, path));

  return kubernetesVersionOf(cluster) ?? found.find((version) => typeof version === 'string');
}

/** Sources by the names that the cluster asks for, in a namespace where it does not look. */
async function printStrays({ io, t }: Call, cluster: RancherCluster, objects: readonly SourceObject[]): Promise<void> {
  const needed = neededSources(cluster);
  const strays = objects.filter(({ kind, metadata }) => metadata.namespace !== namespaceOf(cluster) && needed.some((source) => source.kind === kind && source.name === metadata.name));

  for (const { kind, metadata: { name, namespace } } of strays) {
    await printProblem(io, t('cli.plan.stray', { kind, name, namespace }));
  }
}

async function printFindings({ io, t, values }: Call, findings: readonly Finding[]): Promise<void> {
  const style = styleOf(io.err.isTerminal);

  for (const finding of findings) {
    const { object, path, range } = finding.at;
    const place = range ? `${ range.start.line }:${ range.start.column }` : fieldName(path);
    const form = finding.code === 'cluster.managedElsewhere' ? FORMS_OF_OWNERS[String(finding.params['owner'])] : undefined;

    await print(io.err, linesOfFinding(finding, `${ t(`cli.plan.${ object }`) }${ place ? ` ${ place }` : '' }`, t, style));
    if (form !== undefined && form !== values['output']) {
      await print(io.err, [`    ${ t('cli.plan.exportAs', { options: DIRECTORY_EXPORTS[form] ? `-o ${ form } --out DIR` : `-o ${ form }` }) }`]);
    }
  }
}
