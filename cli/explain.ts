/** `explain`: which rule decides a request, why no earlier one does, and what the log will then hold. */
import { readPolicyDocument, type PolicyDocument } from '../audit/policy/document';
import type { AskedReading } from '../audit/request/asked';
import { requestOf } from '../audit/request/attributes';
import { expectedEvents, type ExpectedEvent } from '../audit/request/events';
import { explain, type Explanation } from '../audit/request/explain';
import { requestOfKubectl } from '../audit/request/kubectl';
import { mismatchText } from '../audit/request/mismatchText';
import { isServed, requestOfHttp } from '../audit/request/requestInfo';
import { JSON_OUTPUT, KUBERNETES, kubernetesOf, stringOf, stringsOf, type Command, type Options, type Values } from './command';
import { guessNotes } from './guesses';
import { EXIT, textOf, UsageError } from './io';
import { print, printJson, printProblem, type Line } from './print';
import { styleOf, type Style } from './style';
import type { Words } from './words';

const ATTRIBUTES: Options = {
  'user': { type: 'string' }, 'group': { type: 'string', multiple: true }, 'verb': { type: 'string' },
  'resource': { type: 'string' }, 'api-group': { type: 'string' }, 'subresource': { type: 'string' }, 'namespace': { type: 'string' }, 'name': { type: 'string' },
  'url': { type: 'string' }, 'kubectl': { type: 'string' }
};
const OF_RESOURCE = ['api-group', 'subresource', 'namespace', 'name'];
/** HTTP methods, as `--verb` may name them for a URL. */
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'connect', 'trace'];

export const EXPLAIN: Command = {
  name:    'explain',
  options: { ...ATTRIBUTES, ...KUBERNETES, ...JSON_OUTPUT },
  run:     async ({ values, files, io, t }) => {
    const [file, ...more] = files;

    if (file === undefined || more.length) {
      throw new UsageError('oneFile');
    }
    const { request, guessed } = requestOfValues(values, t);
    const document = readPolicyDocument(await textOf(file, io), kubernetesOf(values));

    if (document.error !== undefined || !document.policy) {
      await (values['json'] ? printJson(io.out, { accepted: false, error: document.error ?? null }) : printProblem(io, t('cli.explain.refused', { file, error: document.error ?? '' })));

      return EXIT.no;
    }
    const explanation = explain(document.policy, request);
    const events = expectedEvents(request, explanation);

    await (values['json'] ? printJson(io.out, { ...answerOf(explanation, events), scopeGuessed: guessed }) : print(io.out, [...linesOf(document, explanation, events, t, styleOf(io.out.isTerminal)), ...guessNotes(guessed, t)]));

    return EXIT.done;
  }
};

function requestOfValues(values: Values, t: Words): Pick<AskedReading, 'request' | 'guessed'> {
  const identity = { user: stringOf(values, 'user'), groups: stringsOf(values, 'group') };
  const [resource, url, kubectl, verb] = ['resource', 'url', 'kubectl', 'verb'].map((name) => stringOf(values, name));
  const given = [resource, url, kubectl].filter((value) => value !== undefined);
  const stray = OF_RESOURCE.find((name) => resource === undefined && values[name] !== undefined);

  if (given.length !== 1) {
    throw new UsageError('oneRequest');
  }
  if (stray) {
    throw new UsageError('withoutResource', { option: `--${ stray }` });
  }
  if (kubectl !== undefined) {
    const read = requestOfKubectl(kubectl, identity);

    if ('code' in read) {
      throw new UsageError('kubectl', { reason: t(`request.${ read.code }`, read.params) });
    }

    return read;
  }
  if (verb === undefined) {
    throw new UsageError('noVerb');
  }
  if (url !== undefined && !isServed(url)) {
    throw new UsageError('url', { url });
  }
  if (url !== undefined) {
    const read = requestOfHttp(verb.toUpperCase(), url, identity);

    return { request: METHODS.includes(verb.toLowerCase()) ? read : { ...read, verb }, guessed: [] };
  }
  const [apiGroup = '', subresource = '', namespace = '', name = ''] = OF_RESOURCE.map((option) => stringOf(values, option));

  return { request: { ...requestOf({ verb, resource: resource ?? '', apiGroup, subresource, namespace, name }), ...identity }, guessed: [] };
}

function answerOf({ level, rule, omitStages, omitManagedFields, why }: Explanation, events: readonly ExpectedEvent[]): object {
  return { level, rule: rule ?? null, omitStages, omitManagedFields, why: why.map(({ rule: index, condition, wanted, got }) => ({ rule: index, condition, wanted, got })), events };
}

function linesOf(document: PolicyDocument, { level, rule, why }: Explanation, events: readonly ExpectedEvent[], t: Words, style: Style): readonly Line[] {
  const placeOf = (index: number): number => document.rangeOf(['rules', index])?.start.line ?? 1;
  const decided = rule === undefined ? t('cli.explain.noRule') : t('cli.explain.rule', { rule: rule + 1, line: placeOf(rule) });
  const reasons = why.map(({ rule: index, ...mismatch }) => `  ${ t('cli.explain.mismatch', { rule: index + 1, line: placeOf(index), reason: mismatchText(mismatch, t) }) }`);
  const logged = events.map(({ stage, requestObject, responseObject }) => {
    const bodies = [requestObject === 'never' ? [] : [t(`cli.explain.requestBody.${ requestObject }`)], responseObject === 'never' ? [] : [t('cli.explain.responseBody')]].flat();

    return `  ${ stage }${ bodies.length ? `: ${ bodies.join(', ') }` : '' }`;
  });

  return [
    [style.bold(level), `: ${ decided }`],
    events.length ? t('cli.explain.events') : t('cli.explain.noEvents'),
    ...logged,
    ...why.length ? [t('cli.explain.why')] : [],
    ...reasons
  ];
}
