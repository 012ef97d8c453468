/** The parts of the tab, each with the way to it from the one before: what the pictures in docs/screenshots show. A new one is one entry. */
import type { Locator } from '@playwright/test';

import { expect, type Dashboard } from './dashboard';

export interface Part {
  readonly name: string;
  /** What is shown, by its `data-testid`; the whole tab where it is undefined. */
  readonly testId?: string;
  show(dashboard: Dashboard, tab: Locator): Promise<void>;
}

/** The cluster of the pictures. */
export const CLUSTER = 'prod-custom';

const POLICY = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  # Leader election is noise.
  - level: None
    resources:
      - group: coordination.k8s.io
        resources: [leases]
  - level: Metadata
    resources:
      - group: ""
        resources: [secrets, configmaps]
  - level: Request
    verbs: [create, update, patch, delete]
    resources:
      - group: apps
  - level: Metadata
`;

export const PARTS: readonly Part[] = [
  { name: 'start', show: showStart },
  { name: 'rules', testId: 'audit-rules-pane', show: showPolicy },
  { name: 'yaml', testId: 'audit-yaml', show: showNothingMore },
  { name: 'fields', testId: 'audit-rule-editor', show: showFields },
  { name: 'request', testId: 'audit-request', show: showAnswer },
  { name: 'expectations', testId: 'audit-expectations', show: showExpectations },
  { name: 'drafts', testId: 'audit-drafts', show: showDrafts },
  { name: 'preview', testId: 'audit-replace', show: showPreview },
  { name: 'compare', testId: 'audit-compare', show: showComparison },
  { name: 'share', testId: 'audit-share', show: showLink },
  { name: 'delivery', testId: 'audit-delivery', show: showDelivery },
  { name: 'log', testId: 'audit-log', show: showNothingMore },
  { name: 'review', testId: 'audit-review', show: showReview }
];

async function showStart(_: Dashboard, tab: Locator): Promise<void> {
  await open(tab, 'audit-start-preview');
}

async function showPolicy(dashboard: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-turn-on').click();
  await dashboard.typeYaml(POLICY);
  await expect(tab.getByTestId('audit-rule-3')).toBeVisible();
}

async function showFields(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-rule-2').locator('.sentence').click();
}

async function showAnswer(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-request').locator('summary').first().click();
  await expect(tab.getByTestId('audit-request-verdict')).toBeVisible();
}

async function showExpectations(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-request-expect').click();
  await expect(tab.getByTestId('audit-expectation-0')).toBeVisible();
}

async function showDrafts(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-presets-replace').click();
  await open(tab, 'audit-drafts');
  await expect(tab.getByTestId('audit-draft-name')).toBeVisible();
}

async function showPreview(_: Dashboard, tab: Locator): Promise<void> {
  await open(tab, 'audit-drafts');
  await tab.getByTestId('audit-preset-cis').check();
  await expect(tab.getByTestId('audit-decisions')).toBeVisible();
}

async function showComparison(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-replace-keep').click();
  await open(tab, 'audit-compare');
  await tab.getByTestId('audit-compare-with').selectOption('metadata');
  await expect(tab.getByTestId('audit-decisions').getByRole('row')).toHaveCount(3);
}

async function showLink(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-share').locator('summary').click();
  await expect(tab.getByTestId('audit-share-copy')).toBeEnabled();
}

async function showDelivery(_: Dashboard, tab: Locator): Promise<void> {
  await tab.getByTestId('audit-delivery-secret').check();
  await expect(tab.getByTestId('audit-delivery-secret')).toBeChecked();
}

async function showNothingMore(): Promise<void> {
  // It is there already.
}

async function showReview(_: Dashboard, tab: Locator): Promise<void> {
  await open(tab, 'audit-changes');
}

async function open(tab: Locator, testId: string): Promise<void> {
  await tab.getByTestId(testId).locator('> summary').click();
}
