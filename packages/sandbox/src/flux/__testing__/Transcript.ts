// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { KubeObject } from '../../kubernetes/types';

type Facts = Record<string, string>;

/**
 * Turns what a watch tells about Flux's objects into lines that say what each
 * write changed. Commits, digests, tokens and durations become names in order
 * of appearance, so that a recording of real controllers and a run of the
 * sandbox can be compared line by line.
 */
export class Transcript {
  readonly #lines = new Map<string, string[]>();
  readonly #facts = new Map<string, Facts>();
  readonly #names = new Map<string, string>();

  /** One watch event. */
  add(type: string, object: KubeObject): void {
    if (object.kind === 'Event' && type !== 'DELETED') {
      this.#addEvent(object);
      return;
    }
    if (object.kind !== 'Kustomization' && object.kind !== 'GitRepository') {
      return;
    }
    const key = `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
    if (type === 'DELETED') {
      this.#line(key, 'DELETED');
      return;
    }
    const before = this.#facts.get(key) ?? {};
    const after = this.#read(object);
    this.#facts.set(key, after);
    const changes = [
      ...Object.entries(after)
        .filter(([name, value]) => before[name] !== value)
        .map(([name, value]) => `${name}=${value}`),
      ...Object.keys(before)
        .filter(name => !(name in after))
        .map(name => `-${name}`),
    ];
    if (changes.length > 0) {
      this.#line(key, changes.join(' | '));
    }
  }

  /** All lines, object by object. */
  text(): string {
    return [...this.#lines]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, lines]) => [`# ${key}`, ...lines].join('\n'))
      .join('\n\n')
      .concat('\n');
  }

  #read(object: KubeObject): Facts {
    const { metadata, spec, status = {} } = object;
    const facts: Facts = {
      generation: `${metadata.generation}/${status.observedGeneration}`,
    };
    for (const condition of status.conditions ?? []) {
      facts[condition.type] = `${condition.status}/${condition.reason}@${
        condition.observedGeneration
      } ${this.#normal(condition.message)}`;
    }
    const put = (name: string, value: unknown) => {
      if (value !== undefined && value !== '') {
        facts[name] = String(value);
      }
    };
    put(
      'order',
      (status.conditions ?? []).map((c: { type: string }) => c.type).join(','),
    );
    put('finalizers', metadata.finalizers?.join(','));
    put('deleting', metadata.deletionTimestamp && 'yes');
    put('suspend', spec?.suspend);
    put(
      'requested',
      this.#token(metadata.annotations?.['reconcile.fluxcd.io/requestedAt']),
    );
    put('handled', this.#token(status.lastHandledReconcileAt));
    put('artifact', status.artifact && this.#normal(status.artifact.revision));
    put(
      'attempted',
      status.lastAttemptedRevision &&
        this.#normal(status.lastAttemptedRevision),
    );
    put(
      'applied',
      status.lastAppliedRevision && this.#normal(status.lastAppliedRevision),
    );
    put(
      'inventory',
      (status.inventory?.entries ?? [])
        .map((e: { id: string; v: string }) => `${e.id}:${e.v}`)
        .join(' '),
    );
    put(
      'history',
      (status.history ?? [])
        .map(
          (
            entry: Record<string, any>, // eslint-disable-line @typescript-eslint/no-explicit-any -- status is free-form
          ) =>
            `${this.#name(
              `digest of ${metadata.namespace}/${metadata.name} `,
              entry.digest,
            )}/${entry.lastReconciledStatus}/${
              entry.totalReconciliations
            }/${this.#normal(entry.metadata.revision)}`,
        )
        .join(' '),
    );
    return facts;
  }

  #addEvent(event: KubeObject): void {
    const { involvedObject: about, reason, type, count, message } = event;
    if (about?.kind !== 'Kustomization') {
      return;
    }
    const annotations = Object.entries(event.metadata.annotations ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${this.#normal(value as string)}`);
    this.#line(
      `events of ${about.kind} ${about.namespace}/${about.name}`,
      `${type} ${reason} x${count} ${this.#normal(message)} {${annotations.join(
        ', ',
      )}}`,
    );
  }

  #line(key: string, line: string): void {
    const lines = this.#lines.get(key) ?? [];
    lines.push(line);
    this.#lines.set(key, lines);
  }

  #token(value: string | undefined): string | undefined {
    return value && this.#name('token', value);
  }

  #normal(text: string): string {
    return JSON.stringify(
      text
        .replace(/sha1:([0-9a-f]{40})/g, (_, sha) => this.#name('commit', sha))
        .replace(
          /(passed in|failed after|finished in) [0-9.hm]*[0-9.]+(m|µ)?s/g,
          '$1 <duration>',
        )
        // Real controllers ask for several objects at once; which refusal comes first is chance.
        .replace(
          /\w+\/([\w-]+)\/\w+ dry-run failed \(Forbidden\): \S+ ("\w+" is forbidden: User \S+ cannot patch resource) "\w+" in API group "\w*"/g,
          '<object of $1> dry-run failed (Forbidden): $2',
        ),
    ).slice(1, -1);
  }

  #name(kind: string, value: string): string {
    const known = this.#names.get(`${kind}${value}`);
    if (known) {
      return known;
    }
    const number =
      [...this.#names.values()].filter(name => name.startsWith(kind)).length +
      1;
    const name = `${kind}${number}`;
    this.#names.set(`${kind}${value}`, name);
    return name;
  }
}
