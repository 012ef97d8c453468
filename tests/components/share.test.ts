// A policy goes into a link and comes out of it: only shown, and never taken for more than it is.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { base64urlnopad } from '@scure/base';
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reactive } from 'vue';

import { readDrafts } from '../../audit/drafts/drafts';
import { MAX_LINK_LENGTH, MAX_SHARED_SIZE, fragmentOf, readFragment } from '../../audit/drafts/link';
import { MAX_NAME_LENGTH, type NamedPolicy } from '../../audit/drafts/namedPolicy';
import { MAX_POLICY_LENGTH } from '../../audit/policy/document';
import { METADATA } from '../../audit/presets/metadata';
import { textOfExpectations } from '../../audit/request/expectationFile';
import SharePart from '../../components/drafts/SharePart.vue';
import SharedPolicyPage from '../../components/drafts/SharedPolicyPage.vue';
import { inflated } from '../../components/drafts/deflate';
import { fragmentOfPolicy, policyInFragment } from '../../components/drafts/policyLink';
import { eventually } from '../eventually';
import { mountPart, settled } from './host';

const EXPECTATIONS = textOfExpectations([{ asked: { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line: 'get pods' } }, level: 'Metadata' }, { asked: { who: { user: 'jane', groups: [] }, what: { form: 'kubectl', line: 'get nodes' } }, level: 'None' }]);
const OWN = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: None\n  users: [bob]\n- level: Metadata\n';
const POLICY: NamedPolicy = { name: 'demo 审计', policy: METADATA.policy, expectations: EXPECTATIONS };

let part: VueWrapper;
const get = (testId: string) => part.get(`[data-testid="${ testId }"]`);
const find = (testId: string) => part.find(`[data-testid="${ testId }"]`);

beforeEach(() => localStorage.clear());
afterEach(() => {
  part?.unmount();
  vi.unstubAllGlobals();
});

/** Deflated by other code than ours. */
function packed(content: Buffer | string): Uint8Array {
  return Uint8Array.from(deflateRawSync(content));
}

/** What a link holds, unpacked by other code than ours. */
function heldIn(link: string): unknown {
  const read = readFragment(link.slice(link.indexOf('#')));

  return typeof read === 'string' ? read : JSON.parse(String(read.isDeflated ? inflateRawSync(read.bytes) : Buffer.from(read.bytes)));
}

describe('a link', () => {
  it('comes back as the policy that went in, deflated where the browser can', async () => {
    const fragment = await fragmentOfPolicy(POLICY);

    expect(fragment).toMatch(/^policy1z\.[\w-]+$/);
    expect(heldIn(`#${ fragment }`)).toEqual(POLICY);
    expect(await policyInFragment(`#${ fragment }`)).toEqual(POLICY);
  });

  it.each([['CompressionStream', undefined], ['CompressionStream', class {
    constructor() {
      throw new TypeError('no such format');
    }
  }]])('is longer, and no worse, where the browser has no %s for it', async (name, value) => {
    vi.stubGlobal(name, value);
    const fragment = await fragmentOfPolicy(POLICY);

    expect(fragment).toMatch(/^policy1t\./);
    expect(await policyInFragment(fragment)).toEqual(POLICY);
  });

  it('that a browser can’t unpack is said to be so', async () => {
    const fragment = await fragmentOfPolicy(POLICY);

    vi.stubGlobal('DecompressionStream', undefined);
    expect(await policyInFragment(fragment)).toBe('unsupported');
  });

  it('is unpacked no further than a policy can be long', async () => {
    const bomb = packed(Buffer.alloc(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;

    expect(await policyInFragment(fragmentOf({ bytes: bomb, isDeflated: true }))).toBe('tooLarge');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 1024 * 1024);
    expect(await inflated(packed(Buffer.alloc(MAX_SHARED_SIZE)), MAX_SHARED_SIZE)).toHaveLength(MAX_SHARED_SIZE);
  });

  it.each([['cut', (bytes: Uint8Array) => bytes.slice(0, -5)], ['of other bytes', () => new Uint8Array([255, 255, 1])], ['empty', () => new Uint8Array()]])('that is %s is damaged', async (_how, change) => {
    expect(await policyInFragment(fragmentOf({ bytes: change(packed(JSON.stringify(POLICY))), isDeflated: true }))).toBe('damaged');
  });
});

describe('sharing', () => {
  async function open(props: Partial<Record<string, string>> = {}): Promise<void> {
    part = mountPart(SharePart, { policy: POLICY.policy, expectations: EXPECTATIONS, suggested: 'demo', ...props });
    const details = part.get<HTMLDetailsElement>('details');

    details.element.open = true;
    await details.trigger('toggle');
    await made();
  }

  const link = () => (get('audit-share-link').element as HTMLInputElement).value;
  const made = () => eventually(() => expect(get('audit-share-copy').attributes('disabled')).toBeUndefined());

  it('puts the policy with its name and its expectations behind the # of our page', async () => {
    await open();
    expect(link()).toMatch(new RegExp(`^${ window.location.origin }/dashboard/cluster-audit-log-policy#policy1z\\.[\\w-]+$`));
    expect(heldIn(link())).toEqual({ ...POLICY, name: 'demo' });
  });

  it('leaves the expectations out where they are not wanted, and follows name and text', async () => {
    await open();
    await get('audit-share-expectations').setValue(false);
    await get('audit-share-name').setValue(' other ');
    await part.setProps({ policy: `# new\n${ POLICY.policy }` });
    await made();
    expect(heldIn(link())).toEqual({ name: 'other', policy: `# new\n${ POLICY.policy }` });
  });

  it('is copied as it stands there', async () => {
    const writeText = vi.fn(async () => undefined);

    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    await open();
    await get('audit-share-copy').trigger('click');
    await settled();
    expect(writeText).toHaveBeenCalledWith(link());
    expect(part.text()).toContain('The link is copied.');
  });

  it.each([['The policy has no text.', ''], ['No cluster takes so long a policy.', 'x'.repeat(MAX_POLICY_LENGTH + 1)]])('makes no link that nobody could open: %s', async (words, policy) => {
    await open();
    await part.setProps({ policy });
    await settled();
    expect(get('audit-share-note').text()).toBe(words);
    expect([link(), get('audit-share-copy').attributes('disabled')]).toEqual(['', '']);
    await part.setProps({ policy: OWN });
    await made();
  });

  it('makes one with a name that grows in its one form', async () => {
    await open();
    await get('audit-share-name').setValue('\u0958'.repeat(MAX_NAME_LENGTH));
    await made();
    expect(await policyInFragment(link().slice(link().indexOf('#')))).toMatchObject({ name: '\u0915\u093C'.repeat(MAX_NAME_LENGTH / 2) });
  });

  it('warns of a link that may be cut, and makes none that no browser takes', async () => {
    const noise = (length: number) => Array.from({ length }, (_, index) => `# ${ Math.sin(index) }\n`).join('');

    await open({ expectations: '' });
    expect(get('audit-share-note').text()).toBe('');
    expect(find('audit-share-expectations').exists()).toBe(false);
    expect(part.text()).toContain('It has no expectations');
    await part.setProps({ policy: noise(200) });
    await eventually(() => expect(get('audit-share-note').text()).toMatch(/The link has \d,\d{3} characters/));
    expect(link().length).toBeLessThan(MAX_LINK_LENGTH);
    await part.setProps({ policy: noise(20_000) });
    await eventually(() => expect(get('audit-share-note').text()).toContain('Download the policy instead'));
    expect([link(), get('audit-share-copy').attributes('disabled')]).toEqual(['', '']);
  });
});

describe('the page of a link', () => {
  const route = reactive({ query: {}, params: {}, hash: '' });

  async function open(hash: string): Promise<void> {
    route.hash = hash;
    part = mountPart(SharedPolicyPage, {}, { route });
    await eventually(() => expect(find('audit-shared-problem').exists() || find('audit-draft-keep').exists()).toBe(true));
  }

  it('shows the policy with what there is to say of it, and nothing can be changed', async () => {
    await open(`#${ await fragmentOfPolicy({ ...POLICY, policy: OWN }) }`);
    expect(get('audit-shared').get('h1').text()).toBe('demo 审计');
    expect(get('audit-rules').text()).toContain('by bob');
    expect(get('audit-shared').text()).toContain('to open the link changes no cluster');
    expect(get('audit-shared-expectations').text()).toContain('2 expectations come with it, of which 1 hold.');
    expect(['audit-undo', 'audit-add-rule', 'audit-yaml-open', 'audit-yaml-restore'].filter((testId) => find(testId).exists())).toEqual([]);
    expect(['audit-yaml-copy', 'audit-yaml-download'].filter((testId) => !find(testId).exists())).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });

  it('keeps it as a draft when asked', async () => {
    await open(`#${ await fragmentOfPolicy(POLICY) }`);
    await get('audit-draft-keep').trigger('click');
    expect(readDrafts(localStorage.getItem('cluster-audit-log.drafts') ?? '')).toMatchObject([POLICY]);
  });

  it('asks anew about a draft with the name of another link’s policy', async () => {
    await open(`#${ await fragmentOfPolicy(POLICY) }`);
    await get('audit-draft-keep').trigger('click');
    await get('audit-draft-keep').trigger('click');
    expect(find('audit-draft-dont-replace').exists()).toBe(true);
    route.hash = `#${ await fragmentOfPolicy({ ...POLICY, policy: OWN }) }`;
    await eventually(() => expect(get('audit-rules').text()).toContain('by bob'));
    expect(find('audit-draft-dont-replace').exists()).toBe(false);
    expect(get('audit-draft-state').text()).toBe('');
  });

  it.each([['without a policy', 'There is no policy in this link.', ''], ['of a newer version', 'of a newer version', '#policy9z.AAAA'], ['that is damaged', 'This link is damaged', '#policy1z.AAAA'], ['that is too large', 'more than any policy can have', `#policy1t.${ 'A'.repeat(MAX_SHARED_SIZE + 1) }`]])('says what is wrong with a link %s', async (_what, words, hash) => {
    await open(hash);
    expect(get('audit-shared-problem').text()).toContain(words);
    expect(find('audit-draft-keep').exists()).toBe(false);
  });

  it('shows a text that is no policy as text, with the reason', async () => {
    await open(`#policy1t.${ base64urlnopad.encode(new TextEncoder().encode(JSON.stringify({ name: '<b>x', policy: '<script>alert(1)</script>', expectations: 'nothing' }))) }`);
    expect(get('audit-shared').get('h1').text()).toBe('<b>x');
    expect(get('audit-gate').get('textarea').element.value).toBe('<script>alert(1)</script>');
    expect(find('audit-gate-edit').exists()).toBe(false);
    expect(part.find('[data-code^="expectations."]').exists()).toBe(true);
  });

  it('stays as it is when the host goes to a place in the page, and changes with another link', async () => {
    await open(`#${ await fragmentOfPolicy(POLICY) }`);
    route.hash = '#main-content';
    await settled();
    expect(find('audit-shared-problem').exists()).toBe(false);
    route.hash = `#${ await fragmentOfPolicy({ ...POLICY, name: 'second' }) }`;
    await eventually(() => expect(get('audit-shared').get('h1').text()).toBe('second'));
    route.hash = '#policy1z.AAAA';
    await eventually(() => expect(get('audit-shared-problem').text()).toContain('damaged'));
    expect(find('audit-draft-keep').exists()).toBe(false);
  });
});
