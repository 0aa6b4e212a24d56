// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { IncomingMessage, ServerResponse } from 'node:http';

/** The outside systems that can be broken, by name: `cluster/<name>`, `devops`, `git`, `registry`. */
export type SystemName = string;

/**
 * What can go wrong with a system.
 *
 * - `down`: connections are reset without an answer
 * - `slow`: every answer waits `delayMs` (default 3000)
 * - `hang`: the request is accepted and never answered
 * - `401` | `403` | `429` | `500` | `503`: that answer, in the system's own error shape; 429 and 503 carry Retry-After
 * - `drop-watches`: open watches are closed cleanly, and again at once when reopened
 * - `expire-resource-versions`: watches and continue tokens answer 410
 * - `restart`: away for `delayMs` (default 8000), then back by degrees, as an API server is; ends by itself
 */
export const FAULT_KINDS = [
  'down',
  'slow',
  'hang',
  '401',
  '403',
  '429',
  '500',
  '503',
  'drop-watches',
  'expire-resource-versions',
  'restart',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** What only a Kubernetes API can do. */
const OF_CLUSTERS: readonly FaultKind[] = [
  'drop-watches',
  'expire-resource-versions',
  'restart',
];

/** The faults that a system can have. */
export function faultKindsOf(system: SystemName): FaultKind[] {
  return FAULT_KINDS.filter(
    kind => system.startsWith('cluster/') || !OF_CLUSTERS.includes(kind),
  );
}

export interface Fault {
  system: SystemName;
  kind: FaultKind;
  /** For `slow`: milliseconds; real, not simulated. For `restart`: simulated. */
  delayMs?: number;
  /** Only requests whose path matches this prefix, when given. */
  pathPrefix?: string;
  /** Ends by itself at this instant, ISO 8601. */
  until?: string;
}

/** How a system words an error of its own. */
export type ErrorWriter = (
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
) => void;

type Listener = (fault: Fault | undefined, system: SystemName) => void;

/** The switches. One fault at a time per system; setting replaces. */
export class Faults {
  readonly #active = new Map<SystemName, Fault>();
  readonly #listeners = new Set<Listener>();

  list(): Fault[] {
    this.#expire();
    return [...this.#active.values()];
  }

  get(system: SystemName): Fault | undefined {
    this.#expire();
    return this.#active.get(system);
  }

  set(fault: Fault): void {
    this.#active.set(fault.system, fault);
    this.#tell(fault, fault.system);
  }

  clear(system?: SystemName): void {
    const cleared = system ? [system] : [...this.#active.keys()];
    for (const name of cleared) {
      if (this.#active.delete(name)) {
        this.#tell(undefined, name);
      }
    }
  }

  /** Hears of every switch; servers use it to end what is open. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies the system's fault to one request.
   *
   * @returns true when the fault has dealt with the request and the server must not answer it
   */
  async intercept(
    system: SystemName,
    request: IncomingMessage,
    response: ServerResponse,
    writeError: ErrorWriter,
  ): Promise<boolean> {
    const fault = this.get(system);
    if (!fault) {
      return false;
    }
    if (fault.pathPrefix && !request.url?.startsWith(fault.pathPrefix)) {
      return false;
    }
    switch (fault.kind) {
      case 'down':
        request.socket.destroy();
        return true;
      case 'hang':
        return true;
      case 'slow':
        await new Promise(resolve => {
          setTimeout(resolve, fault.delayMs ?? 3000).unref();
        });
        return false;
      case '401':
      case '403':
      case '429':
      case '500':
      case '503': {
        const status = Number(fault.kind);
        if (status === 429 || status === 503) {
          response.setHeader('Retry-After', '1');
        }
        writeError(status, request, response);
        return true;
      }
      default:
        // Watch faults belong to the server that holds the watches.
        return false;
    }
  }

  #expire(): void {
    const now = Date.now();
    for (const fault of this.#active.values()) {
      if (fault.until && Date.parse(fault.until) <= now) {
        this.#active.delete(fault.system);
        this.#tell(undefined, fault.system);
      }
    }
  }

  #tell(fault: Fault | undefined, system: SystemName): void {
    for (const listener of this.#listeners) {
      listener(fault, system);
    }
  }
}
