/**
 * Who sends a request, ready to pick: the components of a cluster, and people by each path that leads to it.
 *
 * A policy sees who is authenticated, never who is impersonated. Through Rancher that is a service account: of the user's own for kubectl, of
 * the cluster agent for the pages of the dashboard. The authorized cluster endpoint authenticates the user of Rancher itself.
 * Source: github.com/rancher/rancher/pkg/clusterrouter/proxy, pkg/impersonation, pkg/agent/rancher; github.com/rancher/kube-api-auth;
 * k8s.io/apiserver/pkg/authentication/user; k3s pkg/daemons/control/deps (the certificates of a node's own kubeconfig).
 */
import type { Who } from './asked';
import { impersonatorOf, requesterOf } from './requesters';

export const IDENTITIES = [
  'rancherKubectl', 'rancherExplorer', 'rancherEndpoint', 'serviceAccount', 'kubelet', 'scheduler', 'controllerManager', 'nodeAdmin', 'anonymous', 'unauthenticated'
] as const;
export type IdentityId = typeof IDENTITIES[number];

/** What an identity's name is the name of, and what stands for it until someone says more. */
const NAMES: Readonly<Partial<Record<IdentityId, { readonly of: NamedBy; readonly example: string }>>> = {
  rancherKubectl:  { of: 'rancherUser', example: 'u-abc12' },
  rancherExplorer: { of: 'rancherUser', example: 'u-abc12' },
  rancherEndpoint: { of: 'rancherUser', example: 'u-abc12' },
  serviceAccount:  { of: 'serviceAccount', example: 'default/default' },
  kubelet:         { of: 'node', example: 'worker-1' }
};

export type NamedBy = 'rancherUser' | 'serviceAccount' | 'node';

/** What an identity is named by, with an example; undefined for one that has only one name. */
export function namingOf(identity: IdentityId): { readonly of: NamedBy; readonly example: string } | undefined {
  return NAMES[identity];
}

/** Who an identity is to kube-apiserver, with all groups that come with the name. */
export function identityNamed(identity: IdentityId, name: string = NAMES[identity]?.example ?? ''): Who {
  switch (identity) {
    case 'rancherKubectl': return { ...requesterOf(impersonatorOf(name)), impersonates: name };
    case 'rancherExplorer': return { ...requesterOf('system:serviceaccount:cattle-system:cattle'), impersonates: name };
    case 'rancherEndpoint': return requesterOf(name);
    case 'serviceAccount': return requesterOf(`system:serviceaccount:${ name.includes('/') ? name.replace('/', ':') : `default:${ name }` }`);
    case 'kubelet': return requesterOf(`system:node:${ name }`);
    case 'scheduler': return requesterOf('system:kube-scheduler');
    case 'controllerManager': return requesterOf('system:kube-controller-manager');
    case 'nodeAdmin': return { user: 'system:admin', groups: ['system:masters', 'system:authenticated'] };
    case 'anonymous': return requesterOf('system:anonymous');
    case 'unauthenticated': return { user: undefined, groups: [] };
  }
}

/** An identity by its name; '' for one that has only one. */
export interface NamedIdentity {
  readonly identity: IdentityId;
  readonly name: string;
}

/** Whether two are the same to the log. */
export function isSameWho(one: Who, other: Who): boolean {
  return one.user === other.user && one.impersonates === other.impersonates && one.groups.toSorted().join('\n') === other.groups.toSorted().join('\n');
}

/** Which identity somebody is, the other way round; undefined for a user who is none of them. */
export function identityOf(who: Who): NamedIdentity | undefined {
  const named = IDENTITIES.map((identity): NamedIdentity => ({ identity, name: nameIn(who, identity) }));

  return named.find(({ identity, name }) => (name !== '' || !NAMES[identity]) && isSameWho(identityNamed(identity, name), who));
}

/** The name that somebody would have as an identity; '' where there can be none. */
function nameIn({ user = '', impersonates = '' }: Who, identity: IdentityId): string {
  switch (identity) {
    case 'rancherKubectl': case 'rancherExplorer': return impersonates;
    // Any other user may have come by another way.
    case 'rancherEndpoint': return /^(?:u|user)-[a-z\d]+$/.test(user) ? user : '';
    case 'serviceAccount': return /^system:serviceaccount:([^:]+:[^:]+)$/.exec(user)?.[1]?.replace(':', '/') ?? '';
    case 'kubelet': return /^system:node:(.+)$/.exec(user)?.[1] ?? '';
    default: return '';
  }
}
