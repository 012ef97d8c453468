// A Secret that is edited itself while someone else edits it: nothing of theirs is overwritten that the user has not seen.
import { afterEach, describe, expect, it } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { AUTHORIZED, base64Of, type SourceObject } from '../../audit/cluster/sources';
import { METADATA } from '../../audit/presets/metadata';
import { clusterWith, secret } from './given';
import { mountForm, partsOf, settled, type MountedForm } from './host';
import { fakeRancher, type FakeRancher } from './rancher';

const EDIT = { name: 'c-cluster-product-resource-namespace-id', query: { mode: 'edit' } };
const policyOf = (level: string, user: string): string => METADATA.policy.replace('level: Metadata', `level: ${ level }\n  users: [${ user }]`);
const OURS = policyOf('Request', 'ours');
const THEIRS = policyOf('RequestResponse', 'theirs');
const THIRD = policyOf('None', 'third');

let form: MountedForm;
let rancher: FakeRancher;
const { get, press } = partsOf(() => form);
/** What the review says goes, and what comes, of the policy itself. */
const shown = (element: 'del' | 'ins') => form.wrapper.findAll('[data-testid="audit-diff"]').find((diff) => diff.attributes('aria-label')?.startsWith('The policy in'))?.findAll(element).map((line) => line.get('.text').text()).join('\n');

async function mount(cluster: RancherCluster, objects: readonly SourceObject[], more: object = {}): Promise<void> {
  rancher = fakeRancher(...objects);
  form = mountForm({ cluster, request: rancher.request, ...more });
  await settled();
}

async function openReview(): Promise<void> {
  (get('audit-changes').element as HTMLDetailsElement).open = true;
  await get('audit-changes').trigger('toggle');
}

async function editInPlace(policy: string): Promise<void> {
  await get('audit-in-place').setValue(true);
  await get('audit-yaml').get('textarea').setValue(policy);
}

/** Someone else writes a policy into the Secret. */
function write(name: string, policy: string, resourceVersion: string, authorized = 'demo'): void {
  rancher.objects.set(`secrets/fleet-default/${ name }`, { ...rancher.objects.get(`secrets/fleet-default/${ name }`), ...secret(name, authorized, policy, { resourceVersion }) });
}

/** The text that the last write put into the Secret, and the version that it was for. */
function lastWrite(): readonly (string | undefined)[] {
  const { data, metadata } = rancher.writes.at(-1)?.data as { readonly data: Record<string, string>; readonly metadata: { readonly resourceVersion: string } };

  return [data['audit-policy'], metadata.resourceVersion];
}

afterEach(() => form.wrapper.unmount());

describe('a Secret that is edited itself', () => {
  it('is not overwritten until what someone else wrote is shown, and not then if it has changed once more', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await editInPlace(OURS);
    await openReview();
    expect(shown('del')).toContain('level: Metadata');

    write('mine', THEIRS, '9');
    await expect(form.save(form.model)).rejects.toThrow('someone else has changed the object with its audit policy meanwhile');
    expect([shown('del'), shown('ins')]).toEqual([expect.stringContaining('users: [theirs]'), expect.stringContaining('users: [ours]')]);
    expect(shown('del')).not.toContain('level: Metadata');

    write('mine', THIRD, '12');
    await expect(form.save(form.model)).rejects.toThrow('someone else has changed');
    expect(lastWrite()).toEqual([base64Of(OURS), '9']);
    expect(shown('del')).toContain('users: [third]');

    await form.save(form.model);
    expect(lastWrite()).toEqual([base64Of(OURS), '12']);
    expect(form.poolsSaved()).toBe(1);
  });

  it('keeps for whom someone else has made it meanwhile', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await editInPlace(OURS);
    write('mine', METADATA.policy, '9', 'demo,third');
    await expect(form.save(form.model)).rejects.toThrow('someone else has changed');
    expect(get('audit-review').text()).toContain('restarts these clusters too: third');
    await form.save(form.model);
    expect(rancher.writes.at(-1)).toMatchObject({ data: { metadata: { annotations: { [AUTHORIZED]: 'demo,third' } } } });
  });

  it('is compared with what it holds where this cluster’s policy goes into it', async () => {
    await mount(clusterWith(), [secret('shared', 'other', THEIRS)]);
    await press('audit-turn-on');
    (get('audit-picker').element as HTMLDetailsElement).open = true;
    await get('audit-picker').trigger('toggle');
    await settled();
    await get('audit-picker-name').setValue('shared');
    await settled();
    await press('audit-adoption-write');
    await openReview();
    expect(shown('del')).toContain('users: [theirs]');

    write('shared', THIRD, '9', 'other');
    await expect(form.save(form.model)).rejects.toThrow('someone else has changed');
    expect(shown('del')).toContain('users: [third]');
    await form.save(form.model);
    expect(lastWrite()).toEqual([base64Of(METADATA.policy), '9']);
  });

  it('is looked at where the host mounts the tab anew, and not overwritten unseen then', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')]);
    await editInPlace(OURS);
    write('mine', THEIRS, '9');
    await form.mountAnew();
    await settled();
    await openReview();
    expect(shown('del')).toContain('users: [theirs]');

    write('mine', THIRD, '12');
    await expect(form.save(form.model)).rejects.toThrow('someone else has changed');
    expect(shown('del')).toContain('users: [third]');
  });

  it('is not overwritten by a button of our own either', async () => {
    await mount(clusterWith('mine'), [secret('mine', 'demo')], { hasHooks: false, route: EDIT });
    await editInPlace(OURS);
    await openReview();
    write('mine', THEIRS, '9');
    await press('audit-save-now-button');
    await settled();
    expect(get('audit-save-now').attributes('data-state')).toBe('conflict');
    expect(get('audit-save-now').text()).toContain('Someone else has changed it meanwhile');
    expect(shown('del')).toContain('users: [theirs]');

    write('mine', THIRD, '12');
    await press('audit-save-now-button');
    await settled();
    expect(get('audit-save-now').attributes('data-state')).toBe('conflict');
    await press('audit-save-now-button');
    await settled();
    expect(get('audit-save-now').attributes('data-state')).toBe('saved');
    expect(lastWrite()).toEqual([base64Of(OURS), '12']);
  });
});
