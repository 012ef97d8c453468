/** Reading what the planner of an embedded Rancher does to a cluster. */
import { CLUSTERS, WORKSPACE, at, change, eventually, listAt, objectAt, type Answer, type Client, type Json } from './target';

/** A policy that kube-apiserver takes. */
export const POLICY = '{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Metadata}]}';

/** What a machine, the first one if none is named, was given; undefined without a plan. */
export async function planOf(admin: Client, cluster: string, machine?: string): Promise<Json | undefined> {
  const { body } = await admin.get(`/demo/plans/${ WORKSPACE }/${ cluster }`);

  return listAt(body, 'machines').find((plan) => machine === undefined || at(plan, 'machine') === machine);
}

/** Edits the rkeConfig of a cluster. */
export async function editConfig(user: Client, cluster: string, edit: (rkeConfig: Record<string, Json>) => void): Promise<Answer> {
  return change(user, `${ CLUSTERS }/${ WORKSPACE }/${ cluster }`, (object) => edit(objectAt(object, 'spec', 'rkeConfig')));
}

/** A condition of a provisioning cluster. */
export async function conditionOf(admin: Client, cluster: string, type: string): Promise<Json | undefined> {
  const { body } = await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ cluster }`);

  return listAt(body, 'status', 'conditions').find((condition) => at(condition, 'type') === type);
}

/** The plan of a cluster's first machine, once every machine has applied one that the test accepts. */
export async function settled(admin: Client, cluster: string, accepts: (plan: Json | undefined) => boolean): Promise<Json | undefined> {
  await eventually(async () => {
    const { body } = await admin.get(`/demo/plans/${ WORKSPACE }/${ cluster }`);
    const machines = listAt(body, 'machines');

    return { ready: at(await conditionOf(admin, cluster, 'Updated'), 'status'), applied: machines.every((plan) => at(plan, 'applied') === true), plan: machines[0] ?? null };
  }, ({ ready, applied, plan }) => ready === 'True' && applied && accepts(plan));

  return planOf(admin, cluster);
}

/** The arguments that the first node of a cluster says it runs with. */
export async function nodeArguments(admin: Client, cluster: string, key = 'rke2.io/node-args'): Promise<Json | undefined> {
  const { body } = await admin.get(`${ CLUSTERS }/${ WORKSPACE }/${ cluster }`);
  const nodes = (await admin.get(`/v1/management.cattle.io.nodes/${ String(at(body, 'status', 'clusterName')) }`)).body;
  const text = at(nodes, 'data', 0, 'status', 'nodeAnnotations', key);

  return typeof text === 'string' ? JSON.parse(text) as Json : undefined;
}
