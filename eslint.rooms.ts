/** The rooms of the tree and what each may import: the one place that says so. A new room is one more line. */

/** Packages from outside: these alone, or any but these. `node:` stands for every module of Node. */
export type Packages = { readonly only: readonly string[] } | { readonly except: readonly string[] };

export interface Room {
  readonly folder: string;
  /** Folders of ours besides its own; '.' is the whole tree. */
  readonly imports: readonly string[];
  readonly packages: Packages;
}

/** Runs in a browser, in a worker and in Node alike. */
const PURE: Packages = { only: ['yaml'] };
/** Packs what is handed on besides. */
const PURE_LINKS: Packages = { only: ['@scure/base', 'yaml'] };
/** Writes manifests besides: encoded, hashed and compared. */
const PURE_MANIFESTS: Packages = { only: ['@noble/hashes', '@scure/base', 'diff', 'js-yaml', 'yaml'] };
/** What differs from host to host is reached through the form alone. */
const HOSTED: Packages = { except: ['vue-router', 'vuex', 'node:'] };
const IN_BROWSER: Packages = { except: ['node:'] };
const WITHOUT_BROWSER: Packages = { except: ['vue', 'vue-router', 'vuex', '@shell', '@components', '@rancher'] };
const ANY: Packages = { except: [] };

export const ROOMS: readonly Room[] = [
  { folder: 'audit/policy', imports: [], packages: PURE },
  { folder: 'audit/request', imports: ['audit/policy'], packages: PURE },
  { folder: 'audit/lint', imports: ['audit/policy', 'audit/request'], packages: PURE },
  { folder: 'audit/presets', imports: ['audit/policy'], packages: PURE },
  { folder: 'audit/drafts', imports: ['audit/policy', 'audit/request'], packages: PURE_LINKS },
  { folder: 'audit/replay', imports: ['audit/policy', 'audit/request'], packages: PURE },
  { folder: 'audit/cluster', imports: ['audit/policy', 'audit/lint', 'audit/presets'], packages: PURE_MANIFESTS },
  { folder: 'audit/observe', imports: ['audit/policy', 'audit/cluster'], packages: PURE },
  { folder: 'audit/compliance', imports: ['audit'], packages: PURE },
  { folder: 'rancher', imports: ['audit'], packages: HOSTED },
  { folder: 'components', imports: ['audit', 'rancher'], packages: HOSTED },
  { folder: 'l10n', imports: [], packages: { only: [] } },
  { folder: 'pkg', imports: ['audit', 'rancher', 'components', 'l10n'], packages: IN_BROWSER },
  { folder: 'cli', imports: ['audit', 'l10n'], packages: WITHOUT_BROWSER },
  { folder: 'demo', imports: [], packages: ANY },
  { folder: 'tests', imports: ['.'], packages: ANY }
];
