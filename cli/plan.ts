/** `plan`: what has to change so that a cluster has a policy, or none; nothing is written anywhere. */
import { deliveriesOf, findingsOfPolicy, kubernetesVersionOf, optionsForDelivery, planAuditSettings } from '../audit/cluster/distributions';
import { nodeConfigOf } from '../audit/cluster/nodeConfig';
import type { RancherCluster } from '../audit/cluster/rancherCluster';
import { DELIVERIES, type WantedSettings } from '../audit/cluster/settings';
import { NOTHING_READ, sourcesOf, type Sources } from '../audit/cluster/sources';
import { blocks, fieldName, type Finding } from '../audit/policy/finding';
import { PRESETS } from '../audit/presets/presets';
import { stringOf, stringsOf, type Call, type Command, type Options, type Values } from './command';
import { EXPORTS } from './exports';
import { findingLine } from './findings';
import { EXIT, textOf, UsageError, type ExitCode, type Io } from './io';
import { clusterIn, sourcesIn } from './manifests';
import { styleOf } from './style';

/** `--log-maxage` is kube-apiserver's `audit-log-maxage`, and so on. */
const LOG_OPTIONS = ['log-path', 'log-maxage', 'log-maxbackup', 'log-maxsize', 'log-format', 'log-compress', 'log-mode'] as const;
const OUTPUTS = [...Object.keys(EXPORTS), 'json', 'config'];
const OPTIONS: Options = {
  'cluster': { type: 'string' }, 'sources': { type: 'string', multiple: true }, 'policy': { type: 'string' }, 'preset': { type: 'string' }, 'off': { type: 'boolean' },
  'delivery': { type: 'string' }, 'delete-source': { type: 'boolean' }, 'output': { type: 'string', short: 'o' },
  ...Object.fromEntries(LOG_OPTIONS.map((name) => [name, { type: 'string' as const }]))
};

export const PLAN: Command = {
  name:    'plan',
  options: OPTIONS,
  run:     async (call) => {
    const { values, files, io } = call;
    const output = oneOf(values, 'output', OUTPUTS) ?? 'diff';
    const file = stringOf(values, 'cluster');
    const sourceFiles = stringsOf(values, 'sources');

    if (file === undefined || files.length) {
      throw new UsageError('oneClusterFile');
    }
    const cluster = await clusterIn(file, io);
    const sources = sourceFiles.length ? sourcesOf(await sourcesIn(sourceFiles, io)) : NOTHING_READ;
    const wanted = await wantedOf(values, cluster, sources, io);

    return output === 'config' ? printConfig(call, cluster, wanted) : printChange(call, output, planAuditSettings(cluster, sources, wanted, { deleteSource: values['delete-source'] === true }));
  }
};

async function wantedOf(values: Values, cluster: RancherCluster, sources: Sources, io: Io): Promise<WantedSettings> {
  const [file, preset] = [stringOf(values, 'policy'), oneOf(values, 'preset', PRESETS.map(({ id }) => id))];
  const given = Object.fromEntries(LOG_OPTIONS.flatMap((name) => stringOf(values, name) === undefined ? [] : [[`audit-${ name }`, stringOf(values, name) ?? '']]));
  const asked = oneOf(values, 'delivery', DELIVERIES);

  if ([file, preset, values['off']].filter((value) => value !== undefined).length !== 1) {
    throw new UsageError('oneWish');
  }
  if (values['off']) {
    if (asked !== undefined || Object.keys(given).length) {
      throw new UsageError('offAlone');
    }

    return { state: 'off' };
  }
  const delivery = asked ?? [...deliveriesOf(cluster)].find(([, reason]) => !reason)?.[0] ?? 'inline';
  const policy = file === undefined ? PRESETS.find(({ id }) => id === preset)?.policy ?? '' : await textOf(file, io);

  return { state: 'on', delivery, policy, options: { ...optionsForDelivery(cluster, sources, delivery), ...given } };
}

/** The value of an option that has fixed ones; throws a UsageError that lists them. */
function oneOf<Name extends string>(values: Values, option: string, allowed: readonly Name[]): Name | undefined {
  const value = stringOf(values, option);
  const found = allowed.find((name) => name === value);

  if (value !== undefined && found === undefined) {
    throw new UsageError('oneOf', { option: `--${ option }`, value, allowed: allowed.join(', ') });
  }

  return found;
}

async function printChange(call: Call, output: string, { findings, operations }: ReturnType<typeof planAuditSettings>): Promise<ExitCode> {
  if (output === 'json') {
    const reported = operations.map(({ action, kind, namespace, name, before, after }) => ({ action, kind, namespace, name, before, after }));

    await call.io.out.write(`${ JSON.stringify({ findings, operations: reported }) }\n`);
  } else {
    await printFindings(call, findings);
    await call.io.out.write(EXPORTS[output]?.(operations) ?? '');
  }

  return blocks(findings) ? EXIT.hazard : EXIT.done;
}

/** Arguments for the nodes' own files, which name a file that someone has to put there. */
async function printConfig(call: Call, cluster: RancherCluster, wanted: WantedSettings): Promise<ExitCode> {
  const version = kubernetesVersionOf(cluster);
  const config = wanted.state === 'on' ? nodeConfigOf(version, cluster, wanted.options ?? {}) : undefined;

  if (wanted.state === 'off' || !config) {
    throw new UsageError(wanted.state === 'off' ? 'configOff' : 'configVersion');
  }
  const findings = findingsOfPolicy(wanted.policy, version);

  await printFindings(call, findings);
  if (!blocks(findings)) {
    await call.io.out.write(`${ call.t('cli.plan.config', { path: config.policyPath }).trimEnd().split('\n').map((line) => `# ${ line }\n`).join('') }${ config.yaml }`);
  }

  return blocks(findings) ? EXIT.hazard : EXIT.done;
}

async function printFindings({ io, t }: Call, findings: readonly Finding[]): Promise<void> {
  const style = styleOf(io.err.isTerminal);

  for (const finding of findings) {
    const { object, path, range } = finding.at;
    const place = range ? `${ range.start.line }:${ range.start.column }` : fieldName(path);

    await io.err.write(findingLine(finding, `${ t(`cli.plan.${ object }`) }${ place ? ` ${ place }` : '' }`, t, style));
  }
}
