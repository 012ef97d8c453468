/** The audit log that a kube-apiserver writes. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface AuditEvent {
  readonly auditID: string;
  readonly stage: string;
  readonly level: string;
  readonly verb: string;
  readonly user: { readonly username?: string; readonly groups?: readonly string[] };
  readonly impersonatedUser?: { readonly username?: string };
  readonly objectRef?: { readonly apiGroup?: string; readonly resource?: string; readonly subresource?: string };
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
}

/** An answer can be there before its last event is. */
const PATIENCE = 10_000;
/** And an event too many can come a little later. */
const GRACE = 300;

/** The events of requests with these ids, once there are as many as expected, or will not be. */
export async function eventsIn(log: string, ids: readonly string[], expected: number): Promise<readonly AuditEvent[]> {
  const deadline = Date.now() + PATIENCE;

  while (ours(log, ids).length < expected && Date.now() < deadline) {
    await sleep(50);
  }
  await sleep(GRACE);

  return ours(log, ids);
}

function ours(log: string, ids: readonly string[]): AuditEvent[] {
  return readFileSync(log, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as AuditEvent).filter(({ auditID }) => ids.includes(auditID));
}
