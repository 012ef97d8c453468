/** Everything that `npm test` checks. */
import { DEFAULT_HOST, HOSTS } from '../../demo/steps/hosts';
import { hasGo, OLDEST_GO } from '../../demo/steps/go';
import { SERVERS } from '../../demo/steps/servers';
import type { Step } from '../../demo/steps/step';
import { COMMAND_LINE_BUILD, EXTENSION_BUILD, PACKAGES, demoSteps } from '../../demo/steps/steps';
import { CHROMIUM, installedChromium } from './chromium';
import { readPlaywright, readVitest, type Reader } from './counts';
import { JUDGES, TERRAFORM_READER } from './judges';

export interface Check {
  readonly name: string;
  /** What has to be set up first. */
  readonly needs: readonly Step[];
  /** A tool in node_modules/.bin and its arguments; `report` is the file that it should write. */
  command(report: string): readonly [string, ...string[]];
  /** The arguments that a user adds, as the tool understands them. */
  adapted?(args: readonly string[]): readonly string[];
  environment?(report: string): NodeJS.ProcessEnv;
  /** What stays unproven on this machine, and why; undefined where the check can run. */
  unproven?(): string | undefined;
  /** How to read the report; a check without one counts as one test. */
  readonly read?: Reader;
}

/** What takes longest comes early, and what needs Go late: the set-up follows this order while checks run. */
export const CHECKS: readonly Check[] = [
  { name: 'lint', needs: [PACKAGES], command: () => ['eslint', '.', '--max-warnings', '0'] },
  { name: 'typecheck', needs: [PACKAGES], command: () => ['vue-tsc', '--noEmit', '--project', 'tsconfig.json'] },
  vitest('component', [PACKAGES]),
  vitest('contract', [PACKAGES]),
  playwright('browser', [CHROMIUM, ...demoSteps(HOSTS)]),
  vitest('unit', [PACKAGES, EXTENSION_BUILD, COMMAND_LINE_BUILD]),
  needingGo('that policies are read and decided as kube-apiserver does, and that Terraform reads what we write', vitest('conformance', [PACKAGES, JUDGES, TERRAFORM_READER])),
  needingGo('that a real Steve and kube-apiserver answer as the embedded Rancher does', vitest('contract-real', [PACKAGES, SERVERS])),
  needingGo('that a kube-apiserver starts, refuses and logs as we say', vitest('real', [PACKAGES, SERVERS])),
  needingGo('that the main journeys work on a real Steve and kube-apiserver', playwright('browser-real', [CHROMIUM, ...demoSteps([DEFAULT_HOST]), SERVERS], { BROWSER_ON: 'real' }))
];

/** A check that proves something by Go programs. */
function needingGo(what: string, check: Check): Check {
  return { ...check, unproven: () => hasGo() ? undefined : `${ what }, for lack of Go ${ OLDEST_GO } or newer` };
}

/** Playwright takes all that comes after `--project 2.10` for projects, names of files too. */
function withOneProject(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--project');
  const name = args[at + 1];

  return at < 0 || name === undefined ? args : [...args.slice(0, at), `--project=${ name }`, ...withOneProject(args.slice(at + 2))];
}

function vitest(project: string, needs: readonly Step[]): Check {
  return {
    name:    project,
    needs,
    command: (report) => [
      'vitest', 'run', '--config', 'tests/vitest.config.mts', '--project', project,
      '--reporter', 'default', '--reporter', 'json', `--outputFile.json=${ report }`, `--allowOnly=${ process.env['CI'] ? 'false' : 'true' }`
    ],
    read: readVitest
  };
}

function playwright(name: string, needs: readonly Step[], environment: Readonly<Record<string, string>> = {}): Check {
  return {
    name,
    needs,
    command:     () => ['playwright', 'test', '--config', 'tests/browser/playwright.config.ts', '--reporter', 'list,json'],
    adapted:     withOneProject,
    environment: (report) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: report, CHROMIUM: installedChromium(), ...environment }),
    read:        readPlaywright
  };
}
