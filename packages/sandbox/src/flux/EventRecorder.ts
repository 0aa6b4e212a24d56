// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { ApiError } from '../kubernetes/ApiError';
import type { ClusterStore, KubeObject } from '../kubernetes/types';
import { timestamp } from './conditions';

export interface RecordedEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  annotations?: Record<string, string>;
}

interface Known {
  name: string;
  namespace: string;
  count: number;
}

/**
 * Writes core/v1 Events as client-go's recorder does: the same event again
 * raises its count and keeps the annotations of the first
 * (`kubernetes/client-go:tools/record`).
 */
export class EventRecorder {
  readonly #store: ClusterStore;
  readonly #clock: Clock;
  readonly #component: string;
  readonly #known = new Map<string, Known>();
  /** Keys of `#known` by where the event lies. */
  readonly #keys = new Map<string, string>();
  readonly #unsubscribe: () => void;

  private constructor(store: ClusterStore, clock: Clock, component: string) {
    this.#store = store;
    this.#clock = clock;
    this.#component = component;
    this.#unsubscribe = store.subscribe(({ kind, object, type }) => {
      if (kind.kind === 'Event' && type === 'DELETED') {
        this.#forget(object);
      }
    });
  }

  static create(
    store: ClusterStore,
    clock: Clock,
    component: string,
  ): EventRecorder {
    const recorder = new EventRecorder(store, clock, component);
    recorder.#adopt();
    return recorder;
  }

  record(object: KubeObject, event: RecordedEvent): void {
    const namespace = object.metadata.namespace ?? 'default';
    const key = keyOf(
      object.kind,
      namespace,
      object.metadata.name,
      event.type,
      event.reason,
      event.message,
    );
    const now = timestamp(this.#clock.now());
    const known = this.#known.get(key);
    if (known) {
      known.count += 1;
      try {
        this.#store.patch(
          {
            apiVersion: 'v1',
            kind: 'Event',
            namespace: known.namespace,
            name: known.name,
          },
          'merge',
          { count: known.count, lastTimestamp: now },
          { manager: this.#component },
        );
        return;
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 404)) {
          throw error;
        }
      }
    }
    this.#create(object, event, key, namespace, now);
  }

  stop(): void {
    this.#unsubscribe();
  }

  #create(
    object: KubeObject,
    event: RecordedEvent,
    key: string,
    namespace: string,
    now: string,
  ): void {
    const name = `${object.metadata.name}.${randomUUID()
      .replace(/-/g, '')
      .slice(0, 16)}`;
    try {
      this.#store.create(
        {
          apiVersion: 'v1',
          kind: 'Event',
          metadata: {
            name,
            namespace,
            ...(event.annotations ? { annotations: event.annotations } : {}),
          },
          involvedObject: {
            kind: object.kind,
            namespace: object.metadata.namespace,
            name: object.metadata.name,
            uid: object.metadata.uid,
            apiVersion: object.apiVersion,
            resourceVersion: object.metadata.resourceVersion,
          },
          reason: event.reason,
          message: event.message,
          source: { component: this.#component },
          firstTimestamp: now,
          lastTimestamp: now,
          count: 1,
          type: event.type,
          eventTime: null,
          reportingComponent: this.#component,
          reportingInstance: '',
        },
        { manager: this.#component },
      );
    } catch (error) {
      // Events are best effort: a namespace on its way out takes none.
      if (
        error instanceof ApiError &&
        (error.code === 403 || error.code === 404)
      ) {
        return;
      }
      throw error;
    }
    this.#remember(key, { name, namespace, count: 1 });
  }

  /** Takes over what an earlier process wrote. */
  #adopt(): void {
    for (const event of this.#store.list('v1', 'Event')) {
      if (event.source?.component === this.#component) {
        const key = keyOf(
          event.involvedObject?.kind,
          event.involvedObject?.namespace ?? 'default',
          event.involvedObject?.name,
          event.type,
          event.reason,
          event.message,
        );
        this.#remember(key, {
          name: event.metadata.name,
          namespace: event.metadata.namespace ?? 'default',
          count: event.count ?? 1,
        });
      }
    }
  }

  #remember(key: string, known: Known): void {
    this.#known.set(key, known);
    this.#keys.set(placeOf(known), key);
  }

  #forget({ metadata }: KubeObject): void {
    const place = placeOf(metadata);
    const key = this.#keys.get(place);
    if (key !== undefined) {
      this.#keys.delete(place);
      this.#known.delete(key);
    }
  }
}

function placeOf({
  name,
  namespace = 'default',
}: {
  name: string;
  namespace?: string;
}): string {
  return `${namespace}/${name}`;
}

function keyOf(...parts: (string | undefined)[]): string {
  return parts.join('\u0000');
}
