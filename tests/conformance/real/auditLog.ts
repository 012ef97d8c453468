/** The audit log that a kube-apiserver writes. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface AuditEvent {
  readonly auditID: string;
  readonly stage: string;
  readonly level: string;
  readonly verb: string;
  readonly userAgent?: string;
  readonly user: { readonly username?: string; readonly groups?: readonly string[] };
  readonly impersonatedUser?: { readonly username?: string };
  readonly objectRef?: { readonly apiGroup?: string; readonly resource?: string; readonly subresource?: string };
  readonly responseStatus?: { readonly code?: number };
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
}

/** An answer can be there before its last event is. */
const PATIENCE = 60_000;
/** And an event too many can come a little later. */
const GRACE = 300;

/** The lines of requests with these ids, once there are as many as expected, or will not be. */
export async function linesIn(log: string, ids: readonly string[], expected: number): Promise<readonly string[]> {
  const deadline = Date.now() + PATIENCE;

  while (ours(log, ids).length < expected && Date.now() < deadline) {
    await sleep(50);
  }
  await sleep(GRACE);

  return ours(log, ids);
}

export function eventOf(line: string): AuditEvent {
  return JSON.parse(line) as AuditEvent;
}

function ours(log: string, ids: readonly string[]): string[] {
  return readFileSync(log, 'utf8').split('\n').filter((line) => line !== '' && ids.includes(eventOf(line).auditID));
}
