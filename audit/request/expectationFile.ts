/**
 * Expectations as a YAML file, which `cluster-audit test` runs, and which a Secret or a ConfigMap holds beside the policy.
 *
 * A file may come from anybody: what is too much is refused before it is read, and what is wrong is named by its field.
 */
import { isNode, parseDocument, stringify, visit, type Document } from 'yaml';

import { fieldName, type Finding, type Path } from '../policy/finding';
import { TextLines } from '../policy/textLines';
import { LEVELS } from '../policy/types';
import { METHODS, requestAsked, type AskedRequest, type What, type Who } from './asked';
import { isLevel, type Expectation } from './expectations';

/** The name that the file gets. */
export const EXPECTATIONS_FILE = 'audit-policy-expectations.yaml';
/** In UTF-16 units. A Secret holds 1 MiB, and a policy beside it. */
export const MAX_FILE_LENGTH = 128 * 1024;
/** So many bytes may be as many units, as in Chinese. A file of more is not read. */
export const MAX_FILE_BYTES = 3 * MAX_FILE_LENGTH;
export const MAX_EXPECTATIONS = 500;
const MAX_TEXT_LENGTH = 4096;
const MAX_GROUPS = 100;
/** More than anyone reads. */
const MAX_FINDINGS = 20;

export interface ExpectationFile {
  /** Empty where a finding says why nothing could be read. */
  readonly expectations: readonly Expectation[];
  /** All of them block: a file with one is not used. */
  readonly findings: readonly Finding[];
}

type Fields = Readonly<Record<string, unknown>>;
type Report = (code: string, path: Path, params?: Finding['params']) => undefined;

const HEADER = '# What an audit policy has to do: requests, and the level of each. “cluster-audit test POLICY FILE” checks them.\n';
const OF_WHO = ['user', 'groups', 'impersonates'];
const OF_RESOURCE = ['verb', 'apiGroup', 'resource', 'subresource', 'namespace', 'name'] as const;
const OF_URL = ['method', 'url'] as const;
const OF_KUBECTL = ['kubectl'] as const;
const FIELDS: readonly string[] = ['level', ...OF_WHO, ...OF_RESOURCE, ...OF_URL, ...OF_KUBECTL];

/** The field that a question lacks. */
const MISSING = { userMissing: 'user', verbMissing: 'verb', resourceMissing: 'resource', urlMissing: 'url' } as const;

/** Reads a file. Every text gives an answer; nothing is thrown. */
export function readExpectations(text: string): ExpectationFile {
  if (text.length > MAX_FILE_LENGTH) {
    return refused('expectations.tooLarge', { limit: MAX_FILE_LENGTH });
  }
  const read = documentOf(text);

  if (typeof read === 'string') {
    return refused('expectations.syntax', { reason: read });
  }
  const findings: Finding[] = [];
  const lines = new TextLines(text);
  const report: Report = (code, path, params = {}) => {
    const range = rangeOf(read.document, path, lines);

    findings.push({ code: `expectations.${ code }`, severity: 'block', at: { object: 'expectations', path, ...(range ? { range } : {}) }, params: { field: fieldName(path) || 'expectations', ...params } });
  };
  const expectations = expectationsIn(read.value, report);

  return findings.length ? { expectations: [], findings: findings.slice(0, MAX_FINDINGS) } : { expectations, findings };
}

/** The text of a file with these expectations; '' for none. */
export function textOfExpectations(expectations: readonly Expectation[]): string {
  // Text in quotes is text for every parser; YAML 1.1 and 1.2 differ in what else is a number.
  return expectations.length ? `${ HEADER }${ stringify({ expectations: expectations.map(fieldsOf) }, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0, aliasDuplicateObjects: false }) }` : '';
}

/** Why a list with this text could not be read again; nothing where it can. */
export function excessOf(expectations: readonly Expectation[], text: string): readonly Finding[] {
  if (expectations.length > MAX_EXPECTATIONS) {
    return refused('expectations.tooMany', { field: 'expectations', limit: MAX_EXPECTATIONS }).findings;
  }

  return text.length > MAX_FILE_LENGTH ? refused('expectations.tooLarge', { limit: MAX_FILE_LENGTH }).findings : [];
}

function fieldsOf({ asked: { who, what }, level }: Expectation): Fields {
  const { form, ...fields } = what;
  const said = form === 'kubectl' ? { kubectl: what.line } : fields;

  return {
    ...(who.user === undefined ? {} : { user: who.user }),
    ...(who.groups.length ? { groups: who.groups } : {}),
    ...(who.impersonates ? { impersonates: who.impersonates } : {}),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')),
    level
  };
}

/** The value of a text's only document, or why it has none. */
function documentOf(text: string): { readonly document: Document.Parsed; readonly value: unknown } | string {
  try {
    // Our own look for repeated keys takes one pass, where the parser's compares each with each.
    const document = parseDocument(text, { version: '1.2', prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    const [error] = document.errors;
    let refusal: string | undefined;

    visit(document, {
      Alias: () => {
        refusal ??= 'aliases are not used here';
      },
      Map: (_, { items }) => {
        refusal ??= new Set(items.map(({ key }) => String(key))).size < items.length ? 'a key stands twice in a map' : undefined;
      }
    });

    return error?.message ?? refusal ?? { document, value: document.toJS() as unknown };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function rangeOf(document: Document.Parsed, path: Path, lines: TextLines): Finding['at']['range'] {
  for (let length = path.length; length >= 0; length--) {
    const node = length ? document.getIn(path.slice(0, length), true) : document.contents;

    if (isNode(node) && node.range) {
      return lines.rangeOf({ start: node.range[0], end: node.range[1] });
    }
  }

  return undefined;
}

function expectationsIn(value: unknown, report: Report): readonly Expectation[] {
  if (!isFields(value)) {
    report('notAFile', [], { wanted: 'expectations' });

    return [];
  }
  const list = value['expectations'];

  Object.keys(value).filter((key) => key !== 'expectations').forEach((key) => report('unknownField', [key]));
  if (!Array.isArray(list)) {
    report('notAList', ['expectations']);

    return [];
  }
  if (list.length > MAX_EXPECTATIONS) {
    report('tooMany', ['expectations'], { limit: MAX_EXPECTATIONS });

    return [];
  }

  return list.flatMap((item: unknown, index) => expectationOf(item, ['expectations', index], report) ?? []);
}

function expectationOf(item: unknown, path: Path, report: Report): Expectation | undefined {
  if (!isFields(item)) {
    return report('notAMap', path, { wanted: 'level' });
  }
  const unknown = Object.keys(item).filter((key) => !FIELDS.includes(key));
  const { level } = item;

  unknown.forEach((key) => report('unknownField', [...path, key]));
  if (!isLevel(level)) {
    return report('level', [...path, 'level'], { allowed: LEVELS.join(', ') });
  }
  const texts = Object.fromEntries(FIELDS.filter((name) => name !== 'groups').map((name) => [name, textIn(item, name, path, report)]));
  const groups = groupsIn(item, [...path, 'groups'], report);
  const what = whatIn(texts, path, report);

  if (!what || !groups || unknown.length) {
    return undefined;
  }
  const who: Who = { user: item['user'] === '' ? '' : texts['user'] || undefined, groups, ...(texts['impersonates'] ? { impersonates: texts['impersonates'] } : {}) };

  return askable({ who, what }, path, report) ? { asked: { who, what }, level } : undefined;
}

/** The text of a field; '' where there is none, or one that is reported. */
function textIn(fields: Fields, name: string, path: Path, report: Report): string {
  const value = fields[name] ?? '';

  if (typeof value !== 'string') {
    report('notText', [...path, name]);

    return '';
  }
  if (value.length > MAX_TEXT_LENGTH) {
    report('tooLong', [...path, name], { limit: MAX_TEXT_LENGTH });

    return '';
  }

  return value;
}

function groupsIn({ groups }: Fields, path: Path, report: Report): readonly string[] | undefined {
  const list = groups ?? [];

  if (!Array.isArray(list) || list.length > MAX_GROUPS || !list.every((group) => typeof group === 'string' && group.length <= MAX_TEXT_LENGTH)) {
    return report('groups', path, { limit: MAX_GROUPS });
  }

  return list as readonly string[];
}

/** What is asked: exactly one of a resource, a URL and a kubectl line. */
function whatIn(texts: Readonly<Record<string, string>>, path: Path, report: Report): What | undefined {
  const say = (name: string): string => texts[name] ?? '';
  const forms = [OF_RESOURCE, OF_URL, OF_KUBECTL].filter((names) => names.some((name) => say(name) !== ''));

  if (forms.length !== 1) {
    return report('oneForm', path);
  }
  if (say('kubectl')) {
    return { form: 'kubectl', line: say('kubectl') };
  }
  if (say('url') || say('method')) {
    const method = say('method') || 'GET';

    return METHODS.some((known) => known === method) ? { form: 'url', method, url: say('url') } : report('method', [...path, 'method'], { allowed: METHODS.join(', ') });
  }

  return { form: 'resource', verb: say('verb'), apiGroup: say('apiGroup'), resource: say('resource'), subresource: say('subresource'), namespace: say('namespace'), name: say('name') };
}

function askable(asked: AskedRequest, path: Path, report: Report): boolean {
  const read = requestAsked(asked);

  if ('request' in read) {
    return true;
  }
  if (read.form === 'kubectl') {
    report('kubectl', [...path, 'kubectl'], { line: asked.what.form === 'kubectl' ? asked.what.line : '' });
  } else if (read.refusal === 'urlNotServed') {
    report('urlNotServed', [...path, 'url']);
  } else if (read.refusal === 'urlRelative') {
    report('urlRelative', [...path, 'url']);
  } else {
    report('missing', [...path, MISSING[read.refusal]]);
  }

  return false;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(code: string, params: Finding['params']): ExpectationFile {
  return { expectations: [], findings: [{ code, severity: 'block', at: { object: 'expectations', path: [] }, params }] };
}
