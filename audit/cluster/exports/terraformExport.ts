/** What the parts of an export for Terraform share. */
import type { Words } from '../../policy/words';
import { fileHash } from '../sources';
import type { SourceOperation } from './exportedFile';
import { attribute, Expression, resourceLabel, type Body, type Item } from './hcl';

export const POLICY_FILE = 'audit-policy.yaml';
const POLICY = `file("\${path.module}/${ POLICY_FILE }")`;

export interface TerraformExport {
  /** The text that is wanted, by reference to its file. */
  readonly policy: Expression | undefined;
  /** A text: the policy's file where it is the policy. */
  readonly text: (text: string) => string | Expression;
  /** The `hash` of a file, which has to follow the policy. */
  readonly hash: (hash: string) => string | Expression;
  /** The name of a source: by reference where it is exported too, so that Terraform makes it first. */
  readonly sourceName: (kind: SourceOperation['kind'], name: string) => string | Expression;
  readonly t: Words;
}

export function terraformExport(sources: readonly SourceOperation[], policy: string | undefined, t: Words): TerraformExport {
  return {
    policy:     policy === undefined ? undefined : new Expression(POLICY),
    text:       (text) => text === policy ? new Expression(POLICY) : text,
    hash:       (hash) => policy !== undefined && hash === fileHash(policy) ? new Expression(`base64sha256(${ POLICY })`) : hash,
    sourceName: (kind, name) => sources.some((source) => source.after && source.kind === kind && source.name === name) ? new Expression(`${ sourceAddress(kind, name) }.name`) : name,
    t
  };
}

/** `rancher2_secret_v2.NAME`: another policy is another object, and so another resource. */
export function sourceAddress(kind: SourceOperation['kind'], name: string): string {
  return `${ SOURCE_TYPES[kind] }.${ resourceLabel(name) }`;
}

export const SOURCE_TYPES: Readonly<Record<SourceOperation['kind'], string>> = { Secret: 'rancher2_secret_v2', ConfigMap: 'rancher2_config_map_v2' };

/**
 * The resource of a cluster with some of its attributes, which Terraform refuses to plan as it stands: it would take out all others.
 * The condition names something, as Terraform asks of conditions.
 */
export function partOfResource(type: string, name: string, body: Body, { t }: TerraformExport): Item[] {
  const guard: Body = [attribute('condition', new Expression('path.module == ""')), attribute('error_message', t('export.terraform.notMoved', { name }).trim())];

  return [
    { comment: [t('export.terraform.part')] },
    { block: 'resource', labels: [type, resourceLabel(name)], body: [...body, { block: 'lifecycle', body: [{ block: 'precondition', body: guard }] }] }
  ];
}
