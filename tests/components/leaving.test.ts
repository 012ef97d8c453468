// Before the form is left with an audit log that is not saved, the user is asked; and in no other case.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { RancherCluster } from '../../audit/cluster/rancherCluster';
import { METADATA } from '../../audit/presets/metadata';
import LeaveDialog from '../../components/cluster/LeaveDialog.vue';
import HostDialog from '../../pkg/cluster-audit-log/dialog/ClusterAuditLogLeaveDialog.vue';
import type { LeaveQuestion } from '../../rancher/leaving';
import { mountForm, mountPart, partsOf, settled, type FormOptions, type MountedForm } from './host';
import { fakeRouter, HERE, type FakeRouter } from './router';

const RKE2: RancherCluster = { metadata: { name: 'demo', namespace: 'fleet-default', resourceVersion: '1' }, spec: { kubernetesVersion: 'v1.34.2+rke2r1', rkeConfig: { machineGlobalConfig: { 'audit-policy-file': METADATA.policy } } } };
const ELSEWHERE = '/c/_/manager/provisioning.cattle.io.cluster';

let form: MountedForm;
let router: FakeRouter;
let questions: LeaveQuestion[];
const { get, press } = partsOf(() => form);

function mount(options: Partial<FormOptions> = {}): void {
  form = mountForm({ cluster: RKE2, router, onModal: ({ component, componentProps }) => {
    expect(component).toBe('ClusterAuditLogLeaveDialog');
    questions.push(componentProps as unknown as LeaveQuestion);
  }, ...options });
}

const edit = () => get('audit-yaml').get('textarea').setValue(`# mine\n${ METADATA.policy }`);

/** Whether the browser would ask before it closes the page. */
function asksBeforeUnload(): boolean {
  return !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

/** Goes elsewhere, and answers what is asked; undefined where nothing is. */
async function goAnswering(mayLeave: boolean, path = ELSEWHERE, redirect?: string): Promise<{ readonly asked: number; readonly left: boolean }> {
  const before = questions.length;
  const going = router.goTo(path, {}, redirect);

  await settled();
  questions.at(-1)?.answer(mayLeave);

  return { left: await going, asked: questions.length - before };
}

beforeEach(() => {
  router = fakeRouter();
  questions = [];
});
afterEach(() => form.wrapper.unmount());

describe('leaving the form', () => {
  it('asks nothing where nothing was edited', async () => {
    mount();
    await settled();
    expect(asksBeforeUnload()).toBe(false);
    expect(await router.goTo(ELSEWHERE)).toBe(true);
    expect(questions).toEqual([]);
  });

  it('asks once after an edit, and goes or stays as the user says', async () => {
    mount();
    await edit();
    expect(asksBeforeUnload()).toBe(true);
    expect(await goAnswering(false)).toEqual({ asked: 1, left: false });
    expect(await goAnswering(true)).toEqual({ asked: 1, left: true });
  });

  it('asks no more once the edit is taken back', async () => {
    mount();
    await edit();
    await press('audit-undo');
    await settled();
    expect(asksBeforeUnload()).toBe(false);
    expect(await router.goTo(ELSEWHERE)).toBe(true);
  });

  it.each(['edit', 'create'] as const)('asks nothing after a save, in the mode %s, and asks again after the next edit', async (mode) => {
    mount({ mode });
    await edit();
    await form.save(form.model);
    expect(asksBeforeUnload()).toBe(true);
    await form.afterSave();
    expect(asksBeforeUnload()).toBe(false);
    await get('audit-yaml').get('textarea').setValue(`# again\n${ METADATA.policy }`);
    expect((await goAnswering(false)).asked).toBe(1);
    await form.save(form.model);
    await form.afterSave();
    expect(await router.goTo(ELSEWHERE)).toBe(true);
  });

  it('asks for another tab of the form, and for its YAML, nothing', async () => {
    mount();
    await edit();
    expect(await router.goTo(HERE.path, HERE.query)).toBe(true);
    expect(await router.goTo(HERE.path, { ...HERE.query, as: 'yaml' })).toBe(true);
    expect((await goAnswering(false, HERE.path)).asked).toBe(1);
  });

  it('asks for expectations that no object keeps, too', async () => {
    mount();
    const details = form.wrapper.get<HTMLDetailsElement>('[data-testid="audit-request"] > details');

    details.element.open = true;
    await details.trigger('toggle');
    await settled();
    await press('audit-request-expect');
    expect(asksBeforeUnload()).toBe(true);
    await form.afterSave();
    expect(asksBeforeUnload()).toBe(false);
  });

  it('asks nothing once the session is over', async () => {
    mount({ isLoggedIn: false });
    await edit();
    expect(asksBeforeUnload()).toBe(false);
    expect(await router.goTo(ELSEWHERE)).toBe(true);
  });

  it.each([{ mode: 'view' }, { hasHooks: false, route: { name: 'edit', query: { mode: 'edit' } } }] as const)('is not watched with %o', (options) => {
    mount(options);
    expect(router.guards()).toEqual([]);
  });

  it('asks once, too, where the host goes on to another page than the one that was asked for', async () => {
    mount();
    await edit();
    expect(await goAnswering(true, '/c/_/manager', ELSEWHERE)).toEqual({ asked: 1, left: true });
  });

  it('asks in the host’s Edit as YAML, which takes the tab away, until the page is left', async () => {
    mount();
    await edit();
    form.wrapper.unmount();
    expect(asksBeforeUnload()).toBe(true);
    expect(await router.goTo(HERE.path, { ...HERE.query, as: 'yaml' })).toBe(true);
    expect(await goAnswering(false)).toEqual({ asked: 1, left: false });
    expect(await goAnswering(true)).toEqual({ asked: 1, left: true });
    expect([router.guards(), asksBeforeUnload()]).toEqual([[], false]);
    mount();
  });

  it('asks no more in Edit as YAML once the host has saved that', async () => {
    mount();
    await edit();
    const { afterSave } = form;

    form.wrapper.unmount();
    await afterSave();
    expect(asksBeforeUnload()).toBe(false);
    expect(await router.goTo(ELSEWHERE)).toBe(true);
    mount();
  });

  it('asks once after the host has mounted the tab anew', async () => {
    mount();
    await edit();
    await form.mountAnew();
    expect(await goAnswering(false)).toEqual({ asked: 1, left: false });
  });

  it('is watched no more when the form is gone with nothing to lose', async () => {
    mount();
    await settled();
    form.wrapper.unmount();
    expect(router.guards()).toEqual([]);
    mount();
  });
});

describe('the dialog', () => {
  it('says what is lost, has the keyboard at staying, and gives the answer', async () => {
    mount();
    const dialog = mountPart(LeaveDialog, {});

    expect(dialog.get('[role=alertdialog]').text()).toContain('Leave, and the changes are lost.');
    expect(document.activeElement?.textContent?.trim()).toBe('Stay here');
    await dialog.get('[data-testid="audit-leave-go"]').trigger('click');
    await dialog.get('[data-testid="audit-leave-stay"]').trigger('click');
    expect(dialog.emitted()).toMatchObject({ leave: [[]], stay: [[]] });
    dialog.unmount();
  });

  it.each([[false, []], [true, ['audit-leave-go']]])('answers %s once it goes, be it for another modal of the host’s', (expected, pressed) => {
    mount();
    const answers: boolean[] = [];
    const dialog = mountPart(HostDialog, { answer: (mayLeave: boolean) => answers.push(mayLeave) });

    pressed.forEach((testId) => void dialog.get(`[data-testid="${ testId }"]`).trigger('click'));
    dialog.unmount();
    expect(answers[0]).toBe(expected);
  });
});
