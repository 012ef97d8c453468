import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { resourceNamed, RESOURCES, resourcesCalled } from '../../../../audit/request/catalogue';
import { CATALOGUE, catalogueOf, discoveryFolders } from '../../../catalogue/generate';

describe('the catalogue of resources', () => {
  const folders = discoveryFolders(false);

  if (folders) { // ten releases of Kubernetes are too much to fetch for a test
    it('is what Kubernetes\' discovery documents give', () => {
      expect(catalogueOf(folders)).toBe(readFileSync(CATALOGUE, 'utf8'));
    });
  }

  it('knows scopes, verbs and subresources', () => {
    expect(resourceNamed('', 'namespaces')).toMatchObject({ isNamespaced: false, shortNames: ['ns'] });
    expect(resourceNamed('', 'serviceaccounts')?.subresources.get('token')).toEqual(['create']);
    expect(resourceNamed('authentication.k8s.io', 'tokenreviews')?.verbs).toEqual(['create']);
    expect(resourceNamed('apps', 'deployments')?.subresources.get('scale')).toContain('update');
  });

  it('finds a resource by all of its names', () => {
    expect(['deployments', 'Deployment', 'deploy'].map((name) => resourcesCalled(name).map(({ group, resource }) => `${ group }/${ resource }`))).toEqual(Array(3).fill(['apps/deployments']));
    expect(resourcesCalled('events').map(({ group }) => group)).toEqual(['', 'events.k8s.io']);
    expect(resourcesCalled('constructor')).toEqual([]);
  });

  it('holds each resource once', () => {
    expect(new Set(RESOURCES.map(({ group, resource }) => `${ group }/${ resource }`)).size).toBe(RESOURCES.length);
  });
});
