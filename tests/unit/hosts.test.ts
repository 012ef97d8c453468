/** The table of host dashboards: what each line of it needs, and who may ask for which. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { demoOptions } from '../../demo/options';
import { HOSTS } from '../../demo/steps/hosts';
import { ROOT, manifest } from '../../demo/steps/places';
import { CHECKS } from '../steps/checks';

describe.each(HOSTS)('host $name', ({ name, folder, rancherVersion }) => {
  test('is a Rancher of that release', () => {
    expect(rancherVersion).toMatch(new RegExp(`^v${ name.replace('.', '\\.') }\\.\\d+$`));
  });

  test('is pinned, and installs from the public registry', () => {
    expect(manifest(folder).dependencies).toEqual({ '@rancher/shell': expect.stringMatching(/^\d+\.\d+\.\d+$/) as string });
    expect(new Set(lockOf(folder).match(/(?<=resolved ")https?:\/\/[^/]+/g))).toEqual(new Set(['https://registry.yarnpkg.com']));
  });

  test('stands in the README with its shell and its Vue', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const vue = readme.split(`${ name } (shell ${ manifest(folder).dependencies?.['@rancher/shell'] }, Vue `)[1]?.split(')')[0];

    expect(lockOf(folder)).toMatch(new RegExp(`^"?vue@.*:\\n {2}version "${ vue }"`, 'm'));
  });
});

describe('npm run demo', () => {
  test.each([
    [[], '2.15', false],
    [['--host', '2.10'], '2.10', false],
    [['--host=2.10'], '2.10', false],
    [['--host', '2.15'], '2.15', false],
    [['--real'], '2.15', true],
    [['--real', '--host=2.15'], '2.15', true]
  ])('%j serves %s', (args, host, isReal) => {
    expect(demoOptions(args)).toMatchObject({ host: { name: host }, isReal });
  });

  test.each([
    [['--host', '2.11'], 'there is no host "2.11", only 2.15, 2.10'],
    [['--host'], '"--host" can\'t be understood: the options are --real and --host, as in npm run demo -- --host 2.10'],
    [['--host='], '"--host=" can\'t be understood'],
    [['--host', '2.10', '--port=1'], '"--port=1" can\'t be understood'],
    [['-h'], '"-h" can\'t be understood'],
    [['2.10'], '"2.10" can\'t be understood'],
    [['--real=yes'], '"--real=yes" can\'t be understood'],
    [['--real', '--host', '2.10'], 'the real Steve is that of Rancher 2.15: --real goes with no other host']
  ])('%j is refused in one line', (args, message) => {
    expect(() => demoOptions(args)).toThrow(message);
    expect(() => demoOptions(args)).toThrow(/^.+$/);
  });
});

describe('npm run test:browser', () => {
  const adapted = CHECKS.find(({ name }) => name === 'browser')?.adapted ?? ((args) => args);

  test.each([
    [['--project', '2.10', 'secret'], ['--project=2.10', 'secret']],
    [['looks', '--project', '2.10', '--project', '2.15'], ['looks', '--project=2.10', '--project=2.15']],
    [['secret', '--project'], ['secret', '--project']],
    [['secret'], ['secret']]
  ])('%j names a project and files', (args, expected) => {
    expect(adapted(args)).toEqual(expected);
  });
});

function lockOf(folder: string): string {
  return readFileSync(join(folder, 'yarn.lock'), 'utf8');
}
