/**
 * Writes audit/request/catalogue.json from the discovery documents that each version of Kubernetes holds of itself.
 *
 * They are in the Go module k8s.io/kubernetes, under api/discovery: one file a group and version.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One release of each minor version that we know; 1.27 does not hold its documents yet, and serves what 1.28 does. */
export const RELEASES = ['1.28.0', '1.29.0', '1.30.0', '1.31.0', '1.32.0', '1.33.0', '1.34.0', '1.35.0', '1.36.3'] as const;
export const CATALOGUE = resolve(__dirname, '../../audit/request/catalogue.json');

/** What all but a few resources have; an entry without verbs has these. */
const USUAL_VERBS = 'create delete deletecollection get list patch update watch';

interface ApiResourceList {
  readonly groupVersion: string;
  readonly resources: readonly ApiResource[];
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly singularName: string;
  readonly shortNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Entry {
  group: string;
  resource: string;
  kind: string;
  singular: string;
  shortNames?: readonly string[];
  clusterScoped?: true;
  verbs?: string;
  subresources?: Record<string, string>;
  minors: Set<number>;
}

/** The text of the catalogue, from the folders of discovery documents by minor version. */
export function catalogueOf(folders: ReadonlyMap<number, string>): string {
  const entries = new Map<string, Entry>();

  for (const [minor, folder] of folders) {
    for (const file of readdirSync(folder).filter((name) => /^(api|apis__.*)__v[^_]*\.json$/.test(name)).sort(byStability)) {
      addList(entries, JSON.parse(readFileSync(join(folder, file), 'utf8')) as ApiResourceList, minor);
    }
  }
  const minors = [...folders.keys()];
  const lines = [...entries.values()].sort((one, other) => compare(one.group, other.group) || compare(one.resource, other.resource)).map((entry) => JSON.stringify(printed(entry, minors)));

  return `[\n${ lines.join(',\n') }\n]\n`;
}

/** Later files win: stable versions after beta after alpha. */
function byStability(one: string, other: string): number {
  return rank(one) - rank(other) || compare(one, other);
}

function rank(file: string): number {
  return file.includes('alpha') ? 0 : file.includes('beta') ? 1 : 2;
}

function addList(entries: Map<string, Entry>, { groupVersion, resources }: ApiResourceList, minor: number): void {
  const group = groupVersion.includes('/') ? groupVersion.slice(0, groupVersion.indexOf('/')) : '';

  for (const { name, kind, namespaced, singularName, shortNames, verbs } of resources.filter((each) => !each.name.includes('/'))) {
    const key = `${ group }/${ name }`;
    const old = entries.get(key);

    entries.set(key, {
      group,
      resource: name,
      kind,
      singular: singularName,
      ...(shortNames ? { shortNames } : {}),
      ...(namespaced ? {} : { clusterScoped: true }),
      ...(joined(verbs) === USUAL_VERBS ? {} : { verbs: joined(verbs) }),
      ...(old?.subresources ? { subresources: old.subresources } : {}),
      minors: (old?.minors ?? new Set()).add(minor)
    });
  }
  for (const { name, verbs } of resources) {
    const [resource = '', subresource] = name.split('/');
    const entry = entries.get(`${ group }/${ resource }`);

    if (entry && subresource !== undefined) {
      entry.subresources = { ...entry.subresources, [subresource]: joined(verbs) };
    }
  }
}

function printed({ minors, ...entry }: Entry, all: readonly number[]): object {
  const [first, last] = [Math.min(...minors), Math.max(...minors)];

  return { ...entry, ...(first === all[0] ? {} : { since: first }), ...(last === all.at(-1) ? {} : { until: last }) };
}

function joined(verbs: readonly string[]): string {
  return [...verbs].sort(compare).join(' ');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The folder of a release's discovery documents; undefined where the module is not at hand and may not be fetched. */
export function discoveryFolder(release: string, mayFetch: boolean): string | undefined {
  try {
    const environment = { ...process.env, GOFLAGS: '-mod=mod', ...(mayFetch ? {} : { GOPROXY: 'off' }) };
    const answer = execFileSync('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${ release }`], { cwd: tmpdir(), env: environment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

    return join((JSON.parse(answer) as { Dir: string }).Dir, 'api/discovery');
  } catch {
    return undefined;
  }
}

/** The folders of all releases by minor version; undefined when one is not at hand. */
export function discoveryFolders(mayFetch: boolean): Map<number, string> | undefined {
  const folders = RELEASES.map((release) => [Number(release.split('.')[1]), discoveryFolder(release, mayFetch)] as const);

  return folders.every((pair): pair is readonly [number, string] => pair[1] !== undefined) ? new Map(folders as readonly (readonly [number, string])[]) : undefined;
}

if (process.argv[1] === __filename) {
  const folders = discoveryFolders(true);

  if (!folders) {
    console.error('Go and the module k8s.io/kubernetes are needed, and one of them is missing.');
    process.exitCode = 1;
  } else {
    writeFileSync(CATALOGUE, catalogueOf(folders));
  }
}
