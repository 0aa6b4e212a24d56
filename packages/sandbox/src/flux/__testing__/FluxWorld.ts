// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { ControlledClock } from '../../clock';
import type {
  ClusterStore,
  KubeObject,
  ObjectRef,
} from '../../kubernetes/types';
import { openCluster } from '../../kubernetes/startCluster';
import { startFlux, type Flux } from '..';
import { MemoryGit } from './MemoryGit';
import { Transcript } from './Transcript';

const SOURCE = 'source.toolkit.fluxcd.io/v1';
const KUSTOMIZE = 'kustomize.toolkit.fluxcd.io/v1';

const API_VERSIONS: Record<string, string> = {
  GitRepository: SOURCE,
  Kustomization: KUSTOMIZE,
  Deployment: 'apps/v1',
};

/** A cluster with Flux, a repository and a clock that the test moves. */
export class FluxWorld {
  readonly clock = new ControlledClock();
  readonly git = new MemoryGit(this.clock);
  readonly transcript = new Transcript();
  readonly store: ClusterStore;
  readonly namespace: string;
  readonly errors: unknown[] = [];
  gitFault: Error | undefined;
  #flux: Flux;
  #tokens = 0;

  constructor(namespace: string) {
    this.namespace = namespace;
    this.store = openCluster({ name: 'aks-test', clock: this.clock });
    this.store.create(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { manager: 'kubectl-client-side-apply' },
    );
    this.store.subscribe(event => {
      this.transcript.add(event.type, event.object);
      if (event.object.kind === 'Deployment' && event.type !== 'DELETED') {
        this.#play(event.object);
      }
    });
    this.#flux = this.#start();
  }

  /** Ends the controllers and starts new ones on the same objects. */
  restart(): void {
    this.#flux.stop();
    this.#flux = this.#start();
  }

  /** @throws what no object could tell */
  stop(): void {
    this.#flux.stop();
    if (this.errors.length > 0) {
      throw this.errors[0];
    }
  }

  notify(): void {
    this.#flux.notify(this.git.url);
  }

  /** Moves time by seconds. */
  async pass(seconds: number): Promise<void> {
    await this.clock.advance(seconds * 1000);
  }

  gitRepository(name: string, spec: object = {}): void {
    this.#create(SOURCE, 'GitRepository', name, {
      interval: '1m',
      ref: { branch: 'main' },
      timeout: '20s',
      url: this.git.url,
      ...spec,
    });
  }

  kustomization(name: string, spec: object): void {
    this.#create(KUSTOMIZE, 'Kustomization', name, {
      force: false,
      prune: true,
      ...spec,
    });
  }

  get(kind: string, name: string): KubeObject | undefined {
    return this.store.get(this.#ref(kind, name));
  }

  patch(kind: string, name: string, body: object, manager: string): void {
    this.store.patch(this.#ref(kind, name), 'merge', body, { manager });
  }

  delete(kind: string, name: string): void {
    this.store.delete(this.#ref(kind, name));
  }

  /** `kubectl annotate` with a new token, or with the given one. */
  request(kind: string, name: string, token = `token ${++this.#tokens}`): void {
    this.patch(
      kind,
      name,
      {
        metadata: {
          annotations: { 'reconcile.fluxcd.io/requestedAt': token },
        },
      },
      'kubectl-annotate',
    );
  }

  #create(apiVersion: string, kind: string, name: string, spec: object): void {
    this.store.create(
      {
        apiVersion,
        kind,
        metadata: { name, namespace: this.namespace },
        spec,
      },
      { manager: 'kubectl-client-side-apply' },
    );
  }

  #ref(kind: string, name: string): ObjectRef {
    const apiVersion = API_VERSIONS[kind] ?? 'v1';
    return { apiVersion, kind, name, namespace: this.namespace };
  }

  #start(): Flux {
    return startFlux({
      store: this.store,
      git: this.git,
      clock: this.clock,
      requeueDependencyMs: 5_000,
      jitter: ms => ms,
      gitFault: () => this.gitFault,
      onError: error => this.errors.push(error),
    });
  }

  /** Pods by the tag of the image: `broken` never become ready, `stalled` run out of their deadline after 15 s. */
  #play(deployment: KubeObject): void {
    const { generation } = deployment.metadata;
    if (deployment.status?.observedGeneration === generation) {
      return;
    }
    const image: string = deployment.spec.template.spec.containers[0].image;
    const bad = /broken|stalled/.test(image);
    this.clock.after(1_000, () =>
      this.#report(
        deployment,
        bad ? 'ReplicaSetUpdated' : 'NewReplicaSetAvailable',
      ),
    );
    if (image.includes('stalled')) {
      this.clock.after(15_000, () =>
        this.#report(deployment, 'ProgressDeadlineExceeded'),
      );
    }
  }

  #report(deployment: KubeObject, reason: string): void {
    const { name, namespace, generation, uid } = deployment.metadata;
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name };
    const live = this.store.get(ref);
    if (
      live?.metadata.uid !== uid ||
      live?.metadata.generation !== generation
    ) {
      return;
    }
    const replicas = live?.spec.replicas ?? 1;
    const good = reason === 'NewReplicaSetAvailable';
    this.store.patch(
      ref,
      'merge',
      {
        status: {
          observedGeneration: generation,
          replicas,
          updatedReplicas: good ? replicas : 0,
          readyReplicas: replicas,
          availableReplicas: replicas,
          conditions: [
            {
              type: 'Available',
              status: 'True',
              reason: 'MinimumReplicasAvailable',
            },
            {
              type: 'Progressing',
              status: reason === 'ProgressDeadlineExceeded' ? 'False' : 'True',
              reason,
            },
          ],
        },
      },
      { manager: 'kube-controller-manager', subresource: 'status' },
    );
  }
}
