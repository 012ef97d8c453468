/**
 * A Secret or a ConfigMap as `rancher2_secret_v2` or `rancher2_config_map_v2`.
 *
 * Source: rancher/terraform-provider-rancher2 rancher2/schema_secret_v2.go (its name can't change), structure_secret_v2.go (data goes out as
 * stringData), schema_common.go (what of annotations and labels is applied).
 */
import { keysIn, textIn, type SourceObject } from '../sources';
import { withoutMarks } from './delivered';
import type { SourceOperation } from './exportedFile';
import { attribute, Call, resourceLabel, type Item } from './hcl';
import { SOURCE_TYPES, sourceAddress, type TerraformExport } from './terraformExport';

/** The resource of the object as it will be. */
export function sourceItems({ action, kind, namespace, name, after }: SourceOperation, shared: TerraformExport): Item[] {
  const { t } = shared;

  if (!after) {
    return [];
  }
  const isShared = kind === 'Secret' && keysIn(after).length > 1;
  const [address, id] = [sourceAddress(kind, name), `local.${ namespace }/${ name }`];
  const comments = [
    t('export.terraform.source', { kind }),
    ...(action === 'update' ? [t('export.terraform.import', { address, id })] : []),
    ...(after.binaryData ? [t('export.terraform.binaryData', { name })] : [])
  ];

  return [
    { comment: comments },
    {
      block:  'resource',
      labels: [SOURCE_TYPES[kind], resourceLabel(name)],
      body:   [
        attribute('cluster_id', 'local'), attribute('name', name), attribute('namespace', namespace), attribute('type', kind === 'Secret' ? after.type : undefined), attribute('immutable', after.immutable),
        { comment: [t('export.terraform.annotations')] },
        attribute('annotations', withoutMarks(after.metadata.annotations)), attribute('labels', withoutMarks(after.metadata.labels)),
        { comment: [t('export.terraform.data'), ...isShared ? [t('export.otherKeys', { name })] : []] },
        attribute('data', dataOf(after, shared)),
        { comment: [t('export.terraform.lifecycle', { kind })] },
        { block: 'lifecycle', body: [attribute('create_before_destroy', true)] }
      ]
    }
  ];
}

/** The policy from its file; what else a Secret holds as it is held there. */
function dataOf(source: SourceObject, { text }: TerraformExport): object {
  return Object.fromEntries(Object.entries(source.data ?? {}).map(([key, value]) => {
    const written = text(textIn(source, key) ?? '');

    return [key, typeof written === 'string' ? source.kind === 'Secret' ? new Call('base64decode', value.replace(/\s/g, '')) : value : written];
  }));
}
