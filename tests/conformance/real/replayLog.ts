/**
 * Audit logs as they are kept for replay, under tests/cases/replay: the lines of the fixed requests as a kube-apiserver wrote them, with
 * a stable value in place of each that is another one in each run.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { JsonObject, JsonValue } from '../../../demo/rancher/json';
import { ROOT } from '../../../demo/steps/places';
import { auditIdOf, REQUESTS } from './traffic';

/** A policy under which all of a request is logged. */
export const EVERYTHING = { id: 'everything', policy: 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n- level: RequestResponse\n' };

const FOLDER = join(ROOT, 'tests/cases/replay');
/** The fixed requests are a second apart, from here on. */
const BEGIN = Date.UTC(2026, 0, 1);
const DATE = '2026-01-01T00:00:00Z';
const IN_AN_HOUR = '2026-01-01T01:00:00Z';
/** Those of lists go up with what others write meanwhile. */
const LIST_VERSION = '1000';
const CONTINUE = base64Of('{"v":"meta.k8s.io/v1","rv":1000,"start":"next\\u0000"}');
/** What looks like a token, and opens nothing. */
const TOKEN = [...['{"alg":"none"}', '{"iss":"https://kubernetes.default.svc","sub":"system:serviceaccount:audited:robot"}'].map(base64Of), 'signature'].join('.');
const KUBELET_PORT = 10250;
const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete'];

/** In a text of any field. */
const TEXTS: readonly (readonly [pattern: RegExp, stable: string])[] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, TOKEN],
  [/\b127\.0\.0\.1:\d+/g, '127.0.0.1:6443'],
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, DATE],
  // Of two bindings that both allow, the one that it comes upon first.
  [/"system:public-info-viewer"(.*)"system:public-info-viewer" to Group "system:authenticated"/, '"system:discovery"$1"system:discovery" to Group "system:authenticated"']
];
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
/** Only a request that takes longer than half a second has these. */
const LATENCY = /^apiserver\.latency\.k8s\.io\//;

/** The text of a kept log. */
export function keptLog(name: string): string {
  return readFileSync(join(FOLDER, `${ name }.jsonl`), 'utf8');
}

export function keepLog(name: string, text: string): void {
  writeFileSync(join(FOLDER, `${ name }.jsonl`), text);
}

/** The lines as they are kept, request by request. */
export function stableLog(lines: readonly string[]): string {
  const stable = new StableValues();
  const events = lines.map((line) => JSON.parse(line) as JsonObject);

  return events.sort((one, other) => requestOf(one) - requestOf(other)).map((event) => `${ printed(stable.event(event)) }\n`).join('');
}

/** The place of an event's request among all. */
function requestOf({ auditID }: JsonObject): number {
  return REQUESTS.findIndex(({ name }) => auditIdOf(name) === auditID);
}

/** JSON as Go writes it. */
export function printed(value: JsonValue): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${ character.charCodeAt(0).toString(16).padStart(4, '0') }`);
}

/** The same value gets the same stand-in throughout a log; they are numbered as they come. */
class StableValues {
  readonly #uids = new Map<string, number>();
  readonly #versions = new Map<string, number>();

  event(event: JsonObject): JsonObject {
    const request = requestOf(event);
    const times = { requestReceivedTimestamp: microTime(request, 0), stageTimestamp: microTime(request, STAGES.indexOf(String(event['stage']))) };

    return { ...this.#object(event, ''), auditID: event['auditID'] ?? '', ...times };
  }

  #value(value: JsonValue, key: string): JsonValue {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#value(item, key));

      return key === 'managedFields' ? inTheirOrder(items as JsonObject[]) : items;
    }
    if (typeof value === 'object' && value !== null) {
      return value['kind'] === 'Table' ? withoutAges(this.#object(value, key)) : this.#object(value, key);
    }

    return typeof value === 'string' ? this.#text(value, key) : key === 'Port' ? KUBELET_PORT : value;
  }

  #object(object: JsonObject, key: string): JsonObject {
    const isList = key === 'metadata' && object['uid'] === undefined;

    return Object.fromEntries(Object.entries(object)
      .filter(([name]) => !LATENCY.test(name))
      .map(([name, value]) => [name, isList && name === 'resourceVersion' ? LIST_VERSION : this.#value(value, name)]));
  }

  #text(text: string, key: string): string {
    switch (key) {
      case 'resourceVersion': return String(numberIn(this.#versions, text));
      case 'continue': return CONTINUE;
      case 'expirationTimestamp': return IN_AN_HOUR;
      default: return TEXTS.reduce((result, [pattern, stable]) => result.replace(pattern, stable), text.replaceAll(UUID, (uid) => `00000000-0000-4000-8000-${ String(numberIn(this.#uids, uid)).padStart(12, '0') }`));
    }
  }
}

function numberIn(numbers: Map<string, number>, value: string): number {
  const number = numbers.get(value) ?? numbers.size + 1;

  numbers.set(value, number);

  return number;
}

/** By operation and manager, as those of one second are. */
function inTheirOrder(managedFields: readonly JsonObject[]): JsonObject[] {
  const key = ({ operation, manager, apiVersion, subresource }: JsonObject): string => JSON.stringify([operation, manager, apiVersion, subresource]);

  return [...managedFields].sort((one, other) => key(one) < key(other) ? -1 : 1);
}

/** A table for people says how old each object is. */
function withoutAges(table: JsonObject): JsonObject {
  const columns = table['columnDefinitions'] as JsonObject[];
  const rows = table['rows'] as (JsonObject & { readonly cells: JsonValue[] })[];

  return { ...table, rows: rows.map((row) => ({ ...row, cells: row.cells.map((cell, index) => columns[index]?.['name'] === 'Age' ? '0s' : cell) })) };
}

function microTime(request: number, milliseconds: number): string {
  return new Date(BEGIN + request * 1000 + milliseconds).toISOString().replace('Z', '000Z');
}

function base64Of(text: string): string {
  return Buffer.from(text).toString('base64url');
}
