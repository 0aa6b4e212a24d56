// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  ScaffolderClient,
  type LogEvent,
  type ScaffolderStreamLogsOptions,
} from '@backstage/plugin-scaffolder-common';
import type { Observable } from '@backstage/types';
import ObservableImpl from 'zen-observable';

type Listener = Required<
  Pick<ZenObservable.Observer<LogEvent>, 'next' | 'error' | 'complete'>
>;

/** One stream of the events of a task, and who listens to it. */
interface SharedLog {
  events: LogEvent[];
  listeners: Set<Listener>;
  upstream: { unsubscribe(): void };
}

/**
 * The stock client, with one stream per task for all who follow it.
 *
 * The stock task page follows its task four times, ours once more, and a browser has
 * six connections to a host (HTTP/1.1): two open task pages would leave none for
 * anything else in the portal.
 */
export class SharedLogScaffolderClient extends ScaffolderClient {
  readonly #logs = new Map<string, SharedLog>();

  streamLogs(request: ScaffolderStreamLogsOptions): Observable<LogEvent> {
    return new ObservableImpl<LogEvent>(subscriber => {
      const { taskId, after } = request;
      const log = this.#logs.get(taskId) ?? this.#open(request);
      const listener: Listener = {
        next: event => {
          if (after === undefined || Number(event.id) > after) {
            subscriber.next(event);
          }
        },
        error: error => subscriber.error(error),
        complete: () => subscriber.complete(),
      };
      log.events.forEach(listener.next);
      log.listeners.add(listener);
      return () => {
        log.listeners.delete(listener);
        if (log.listeners.size === 0) {
          this.#close(taskId, log);
        }
      };
    });
  }

  /** From the first event on, so that whoever comes later can be told all of them. */
  #open(request: ScaffolderStreamLogsOptions): SharedLog {
    const { taskId } = request;
    const log: SharedLog = {
      events: [],
      listeners: new Set(),
      upstream: { unsubscribe() {} },
    };
    this.#logs.set(taskId, log);
    const all = (tell: (listener: Listener) => void) =>
      [...log.listeners].forEach(tell);
    log.upstream = super
      .streamLogs({ ...request, after: undefined })
      .subscribe({
        next: event => {
          log.events.push(event);
          all(listener => listener.next(event));
        },
        error: error => {
          this.#close(taskId, log);
          all(listener => listener.error(error));
        },
        complete: () => {
          this.#close(taskId, log);
          all(listener => listener.complete());
        },
      });
    return log;
  }

  #close(taskId: string, log: SharedLog): void {
    if (this.#logs.get(taskId) === log) {
      this.#logs.delete(taskId);
    }
    log.upstream.unsubscribe();
  }
}
