// A policy of many rules: typing waits for nothing, nothing that was typed is lost, and what is shown is about the text that is there.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { reportOf } from '../../audit/lint/report';
import type { PolicyQuestion } from '../../components/policy/policyWorker';
import { eventually } from '../eventually';
import { mountForm, partsOf, settled, type MountedForm } from './host';

const RULES = Array.from({ length: 150 }, (_, index) => `- level: Metadata\n  users: [user-${ index }]\n  namespaces: [namespace-of-user-${ index }, another-of-user-${ index }]\n`);
const LONG = `apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${ RULES.join('') }`;
const WRONG = LONG.replace('level: Metadata', 'level: Metadta');

/** A worker that answers when the test says so. */
class LateWorker {
  static workers: LateWorker[] = [];
  readonly asked: PolicyQuestion[] = [];
  isTerminated = false;
  onmessage: ((event: { readonly data: unknown }) => void) | undefined;
  onerror: ((event: { preventDefault(): void }) => void) | undefined;

  constructor() {
    LateWorker.workers.push(this);
  }

  postMessage(question: PolicyQuestion): void {
    this.asked.push(structuredClone(question));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  /** Answers the question that it was asked last. */
  async answer(): Promise<void> {
    const question = this.asked.at(-1);

    this.onmessage?.({ data: structuredClone(reportOf(question?.text ?? '', question?.version)) });
    await settled();
  }
}

let form: MountedForm;
const { get, find } = partsOf(() => form);
const editor = () => form.wrapper.get('[data-testid="audit-yaml"] textarea');
const type = (text: string) => editor().setValue(text);
const policyInModel = () => form.model.spec?.rkeConfig?.machineGlobalConfig?.['audit-policy-file'];
const worker = () => LateWorker.workers.at(-1) as LateWorker;
const openRules = () => form.wrapper.findAll('[data-testid="audit-rule-editor"]').map(({ element }) => element.closest<HTMLElement>('[data-index]')?.dataset['index']);
const wrongLevels = () => form.wrapper.findAll('[data-code="policy.levelUnknown"]').length;

function open(policy = LONG): void {
  form = mountForm({ cluster: { metadata: { name: 'demo', namespace: 'fleet-default' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': policy } } } } });
}

beforeEach(() => {
  LateWorker.workers = [];
  vi.stubGlobal('Worker', LateWorker);
  // Rows of a long list are in the page where it has room for them.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(500);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(50);
});
afterEach(() => {
  form.wrapper.unmount();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a policy of many rules', () => {
  it('is read by a worker, and until then nothing is said of it', async () => {
    open(LONG.replace('user-7', 'user-seven'));
    expect(find('audit-gate').exists()).toBe(false);
    expect(find('audit-rules').exists()).toBe(false);
    await worker().answer();
    expect(get('audit-rule-0').text()).toContain('user-0');
  });

  it('says nothing of an older text than the one that is there', async () => {
    open();
    await worker().answer();
    await type(WRONG);
    await type(LONG.replace('user-3', 'user-three'));
    await worker().answer();
    expect(wrongLevels()).toBe(0);
    expect(worker().asked.map(({ text }) => text).at(-1)).toContain('user-three');
    await worker().answer();
    expect(wrongLevels()).toBe(0);
    await type(WRONG);
    await worker().answer();
    expect(wrongLevels()).toBeGreaterThan(0);
    await type(LONG);
    expect(wrongLevels()).toBe(0);
  });

  it('marks what requests come to as that of the text before, while one is read', async () => {
    open();
    await worker().answer();
    const details = get('audit-request').get<HTMLDetailsElement>('details');

    details.element.open = true;
    await details.trigger('toggle');
    await get('audit-request-expect').trigger('click');
    const marks = () => ({
      busy:   ['audit-request', 'audit-expectations'].map((part) => get(part).attributes('aria-busy')),
      stale:  ['audit-request-stale', 'audit-expectations-stale'].map((note) => find(note).exists() && get(note).text().startsWith('The text is still being read.')),
      closed: get('audit-request-expect').attributes('disabled') !== undefined,
      sum:    get('audit-expectations-sum').text()
    });

    expect(marks()).toEqual({ busy: ['false', 'false'], stale: [false, false], closed: false, sum: '1 of 1 holds' });
    await type(LONG.replaceAll('level: Metadata', 'level: None'));
    expect(marks()).toEqual({ busy: ['true', 'true'], stale: [true, true], closed: true, sum: '1 of 1 held by the last valid policy' });
    await worker().answer();
    expect(marks()).toEqual({ busy: ['false', 'false'], stale: [false, false], closed: false, sum: '1 of 1 holds' });
  });

  it('asks for the newest text alone, where several wait', async () => {
    open();
    await type(WRONG);
    await type(LONG.replace('user-3', 'user-three'));
    await type(LONG.replace('user-4', 'user-four'));
    await worker().answer();
    expect(worker().asked).toHaveLength(2);
    expect(worker().asked[1]?.text).toContain('user-four');
  });

  it('is saved as it was typed last, and judged as that', async () => {
    open();
    await worker().answer();
    await type(WRONG);
    expect(policyInModel()).toBe(LONG);
    await expect(form.save(form.model)).rejects.toThrow('Metadta');
    expect(policyInModel()).toBe(WRONG);
    await type(LONG.replace('user-3', 'user-three'));
    await form.save(form.model);
    expect(policyInModel()).toContain('user-three');
  });

  it.each([
    ['the host shows it as YAML', () => form.save('show-preview-yaml')],
    ['the tab goes', () => form.mountAnew()],
    ['something else is changed', () => get('audit-delivery-secret').setValue(true)]
  ])('is not lost when %s', async (_, leave) => {
    open();
    await worker().answer();
    await type(LONG.replace('user-3', 'user-three'));
    await leave();
    await settled();
    expect(JSON.stringify(form.model).includes('users: [user-3]')).toBe(false);
    expect((editor().element as HTMLTextAreaElement).value.includes('user-three')).toBe(true);
  });

  it('keeps what is typed into a rule while a field of the same rule is changed', async () => {
    open();
    await worker().answer();
    await form.wrapper.get('[data-testid="audit-rule-0"] .sentence').trigger('click');
    await type(LONG.replace('level: Metadata\n', 'level: Metadata\n  verbs: [delete]\n'));
    await form.wrapper.get('[data-testid="audit-level"]').setValue('Request');
    await settled();
    expect(editor().element).toHaveProperty('value', LONG.replace('level: Metadata\n', 'level: Request\n  verbs: [delete]\n'));
  });

  it('follows an edit of a rule at once', async () => {
    open();
    await worker().answer();
    await form.wrapper.get('[data-testid="audit-rule-0"] .sentence').trigger('click');
    await form.wrapper.get('[data-testid="audit-level"]').setValue('None');
    expect((editor().element as HTMLTextAreaElement).value).toBe(LONG.replace('level: Metadata', 'level: None'));
    expect(get('audit-rule-0').text()).toContain('None');
  });

  it('takes an edit of a rule for the text as it was typed by then', async () => {
    open();
    await worker().answer();
    await type(LONG.replace('user-3', 'user-three'));
    await form.wrapper.get('[data-testid="audit-rule-0"] .remove').trigger('click');
    await settled();
    expect((editor().element as HTMLTextAreaElement).value).toBe(LONG.replace(RULES[0] ?? '', '').replace('user-3', 'user-three'));
  });

  it('opens a rule that comes in right there, also while what was typed before is read', async () => {
    open();
    await worker().answer();
    await type(LONG.replace('user-3', 'user-three'));
    await form.wrapper.get('[data-testid="audit-rule-0"] .duplicate').trigger('click');
    await settled();
    expect(openRules()).toEqual(['1']);
    await type(LONG.replace('user-3', 'user-four'));
    await form.wrapper.get('[data-testid="audit-rule-1"] .duplicate').trigger('click');
    await settled();
    expect(openRules()).toEqual(['2']);
    await form.wrapper.get('[data-testid="audit-level"]').setValue('None');
    expect([0, 1, 2, 3].map((index) => get(`audit-rule-${ index }`).text())).toEqual([['Metadata', 0], ['Metadata', 1], ['None', 1], ['Metadata', 2]].map(([level, user]) => expect.stringMatching(new RegExp(`${ level }.*user-${ user }`))));
    await type(LONG);
    await get('audit-add-rule').trigger('click');
    await settled();
    expect(openRules()).toEqual(['150']);
  });

  it('is read by the page where a worker can’t be started, or breaks', async () => {
    open();
    worker().onerror?.({ preventDefault: () => undefined });
    await eventually(() => expect(get('audit-rule-0').text()).toContain('user-0'));
    expect(worker().isTerminated).toBe(true);
    form.wrapper.unmount();
    vi.stubGlobal('Worker', class {
      constructor() {
        throw new Error('refused');
      }
    });
    open(WRONG);
    await eventually(() => expect(wrongLevels()).toBeGreaterThan(0));
  });
});
