import { describe, expect, it } from 'vitest';

import { olderSourcesOf } from '../../../../audit/cluster/olderSources';
import { PREVIOUS_ANNOTATION } from '../../../../audit/cluster/previous';
import type { RancherCluster } from '../../../../audit/cluster/rancherCluster';
import { choiceOf, type SourceChoice } from '../../../../audit/cluster/sourceChoice';
import type { SourceObject } from '../../../../audit/cluster/sources';
import { casesOf } from '../../tables';
import { clusterOf, sourceOf, type GivenSource } from './given';

interface OlderCase {
  readonly current?: string;
  readonly next?: string;
  readonly remembered?: string;
  readonly sources: (GivenSource & { readonly created?: string })[];
  readonly previous: string[];
  readonly older: string[];
  readonly named?: string[];
}
interface ChoiceCase { readonly source: GivenSource; readonly expect: SourceChoice }

function clusterUsing(name: string | undefined, remembered?: string): RancherCluster {
  const previous = { state: 'on', delivery: 'secret', options: {}, source: { name: remembered, key: 'audit-policy' } };

  return clusterOf({
    version:  'v1.34.2+rke2r1',
    ...(name === undefined ? {} : { config: { 'kube-apiserver-arg': ['audit-policy-file=/p'] }, files: [{ fileSources: [{ secret: { name, items: [{ key: 'audit-policy', path: '/p' }] } }] }] }),
    metadata: { annotations: remembered === undefined ? {} : { [PREVIOUS_ANNOTATION]: JSON.stringify(previous) } }
  });
}

describe('objects that earlier edits left behind', () => {
  it.each(casesOf<OlderCase>('cluster/older-sources'))('$name', ({ current, next, remembered, sources, previous, older, named = [] }) => {
    const listed = sources.map(({ created, ...source }): SourceObject => {
      const object = sourceOf(source);

      return { ...object, metadata: { ...object.metadata, ...(created === undefined ? {} : { creationTimestamp: created }) } };
    });
    const found = olderSourcesOf([clusterUsing(current, remembered), clusterUsing(next ?? current)], listed);

    expect(found.previous.map(({ metadata }) => metadata.name)).toEqual(previous);
    expect(found.older.map(({ metadata }) => metadata.name)).toEqual(older);
    expect(found.named.map(({ metadata }) => metadata.name)).toEqual(named);
  });
});

describe('an object that is there', () => {
  it.each(casesOf<ChoiceCase>('cluster/source-choice'))('$name', ({ source, expect: expected }) => {
    expect(choiceOf(sourceOf(source), 'demo', 'v1.34.2+rke2r1')).toEqual(expected);
  });
});
