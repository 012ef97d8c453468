/**
 * The flags of kubectl, by what follows them. Those of one command are taken for every command that has no other one of the same name.
 *
 * Source: k8s.io/kubectl/pkg/cmd and k8s.io/cli-runtime/pkg/genericclioptions, v0.36.
 */

/** How a flag is written: `--all` or `--all=false`; `--dry-run` or `--dry-run=client`, never `--dry-run client`; `--namespace x` or `--namespace=x`. */
export type FlagForm = 'switch' | 'choice' | 'value';

const SWITCHES: ReadonlySet<string> = new Set(words(`
  all all-containers all-namespaces all-pods allow-missing-template-keys append-hash arguments-only attach cached client command containers create-annotation
  delete-emptydir-data disable-compression disable-eviction edit expose follow force force-conflicts global-default help ignore-daemonsets ignore-errors
  ignore-not-found insecure-skip-tls-verify insecure-skip-tls-verify-backend interactive keep-annotations keep-init-containers keep-labels keep-liveness
  keep-readiness keep-startup leave-stdin-open list local match-server-version namespaced no-headers no-preserve now openapi-patch output-watch-events overwrite prefix
  previous privileged prune quiet recursive remove-extra-permissions remove-extra-subjects replace resolve rm same-node save-config server-print server-side
  share-processes show-capacity show-events show-kind show-labels show-managed-fields show-swap stdin sum timestamps tty use-protocol-buffers wait
  warnings-as-errors watch watch-only windows-line-endings
`));

const WITH_CHOICE: ReadonlySet<string> = new Set(['cascade', 'dry-run', 'validate']);

const WITH_VALUE: ReadonlySet<string> = new Set(words(`
  address annotation annotations api-group api-version as as-group as-uid as-user-extra audience bound-object-kind bound-object-name bound-object-uid cache-dir
  categories cert certificate-authority chunk-size class client-certificate client-key cluster cluster-ip clusterip clusterrole container context copy-to cpu
  cpu-percent current-replicas custom default-backend description detach-keys docker-email docker-password docker-server docker-username duration env external-ip
  external-name field-manager field-selector filename for from from-env-file from-file from-literal grace-period group hard image image-pull-policy keepalive key
  keys kubeconfig kuberc kustomize label-columns labels limit-bytes limits load-balancer-ip log-flush-frequency max max-log-requests max-unavailable memory min
  min-available name namespace namespaces node-port non-resource-url output output-directory overrides override-type password patch patch-file pod-running-timeout pod-selector policy port
  preemption-policy profile profile-output protocol prune-allowlist raw replicas request-timeout requests resource resource-name resource-version restart retries
  revision role rule schedule scopes selector server serviceaccount session-affinity set-image since since-time skip-wait-for-delete-timeout sort-by subresource
  tail target target-port tcp template timeout tls-server-name to-revision token type types user username v value verb verbs vmodule
`));

const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ['A', 'all-namespaces'], ['c', 'container'], ['e', 'env'], ['f', 'filename'], ['h', 'help'], ['i', 'stdin'], ['k', 'kustomize'], ['l', 'selector'], ['L', 'label-columns'], ['n', 'namespace'],
  ['o', 'output'], ['p', 'patch'], ['q', 'quiet'], ['R', 'recursive'], ['s', 'server'], ['t', 'tty'], ['v', 'v'], ['w', 'watch']
]);
const LONG_NAMES_OF_COMMANDS: ReadonlyMap<string, string> = new Map([['logs f', 'follow'], ['logs p', 'previous'], ['run l', 'labels'], ['expose l', 'labels'], ['create r', 'replicas']]);
const FORMS_OF_COMMANDS: ReadonlyMap<string, FlagForm> = new Map([['set containers', 'value'], ['set prefix', 'value'], ['config raw', 'switch']]);

/** The long name of a flag's letter, which is another one for some commands; undefined for a letter that is no flag. */
export function longNameOf(letter: string, command: string): string | undefined {
  return LONG_NAMES_OF_COMMANDS.get(`${ command } ${ letter }`) ?? LONG_NAMES.get(letter);
}

/** The form of a flag by its long name, which is another one for some commands; undefined for what is no flag. */
export function flagForm(name: string, command: string): FlagForm | undefined {
  return FORMS_OF_COMMANDS.get(`${ command } ${ name }`) ?? (SWITCHES.has(name) ? 'switch' : WITH_CHOICE.has(name) ? 'choice' : WITH_VALUE.has(name) ? 'value' : undefined);
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
