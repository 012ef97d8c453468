// The logs that are kept for replay hold what we expect of each policy, from the requests of the log that has them all.
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readPolicyDocument } from '../../../../audit/policy/document';
import type { Policy } from '../../../../audit/policy/types';
import { PRESETS } from '../../../../audit/presets/presets';
import { eventOf, type AuditEvent } from '../../../conformance/real/auditLog';
import { eventsExpected, sentenceOf } from '../../../conformance/real/expectations';
import { EVERYTHING, keptLog, stableLog } from '../../../conformance/real/replayLog';
import { auditIdOf, REQUESTS, type Exchange } from '../../../conformance/real/traffic';

const POLICIES = [EVERYTHING, ...PRESETS];

function linesOf(log: string): string[] {
  return keptLog(log).trimEnd().split('\n');
}

function eventsOf(log: string): AuditEvent[] {
  return linesOf(log).map(eventOf);
}

/** The requests as they went, from their last events. */
const EXCHANGES = REQUESTS.map((request): Exchange => {
  const id = auditIdOf(request.name);
  const last = eventsOf(EVERYTHING.id).findLast(({ auditID }) => auditID === id);

  return { ...request, id, status: last?.responseStatus?.code ?? 0, answer: JSON.stringify(last?.responseObject ?? null) };
});

describe('the logs for replay', () => {
  it('are one for each preset, and one of everything', () => {
    expect(readdirSync(resolve(__dirname, '../../../cases/replay')).sort()).toEqual(['README.md', ...POLICIES.map(({ id }) => `${ id }.jsonl`)].sort());
  });

  it('hold each request, answered as it was', () => {
    expect(EXCHANGES.map(({ name, status }) => `${ name }: ${ status }`)).toEqual(REQUESTS.map(({ name, status = 200 }) => `${ name }: ${ status }`));
  });

  it.each(POLICIES)('hold nothing under $id that another run would have otherwise', ({ id }) => {
    expect(stableLog(linesOf(id))).toBe(keptLog(id));
  });

  it.each(POLICIES)('hold under $id the events that we expect', ({ id, policy: text }) => {
    const policy = readPolicyDocument(text).policy as Policy;
    const expected = EXCHANGES.flatMap((exchange) => eventsExpected(policy, exchange).map((sentence) => `${ exchange.name }: ${ sentence }`));

    expect(eventsOf(id).map((event) => `${ event.userAgent }: ${ sentenceOf(event) }`)).toEqual(expected);
  });
});
