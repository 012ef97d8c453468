/** What a Rancher keeps its objects in: a store of our own that answers as Steve does, or real servers. */
import type { FastifyInstance } from 'fastify';

import type { Objects } from './objects';
import type { Mutator } from './webhook/webhook';

/** Where a backend's paths begin. Rancher runs in its local cluster, so that cluster's Steve shows the same objects; the others have no agent here. */
export const PREFIXES = ['', '/k8s/clusters/local'] as const;

export interface Backend {
  readonly objects: Objects;
  /** Adds `/v1`, `/api` and `/apis`, at the root and for the local cluster. */
  addRoutes(app: FastifyInstance): Promise<void>;
  /** The file by which kubectl gets to the objects, where there is a kube-apiserver. */
  readonly kubeconfig?: string;
  /** Rejects when what keeps the objects has ended by itself. */
  readonly failed?: Promise<never>;
  close(): Promise<void>;
}

export interface BackendOptions {
  readonly serverVersion: string;
  /** What Rancher's webhook does, once the objects are there. */
  readonly mutators: (objects: Objects) => readonly Mutator[];
}

export type MakeBackend = (options: BackendOptions) => Promise<Backend>;
