// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { DevOpsError, invalid, notFound } from '../devops/http/DevOpsError';
import type {
  Repositories,
  RepositoryRecord,
} from '../devops/state/Repositories';
import { Table } from '../devops/state/Table';
import type { StateStore } from '../state';
import type { DefinitionRecord } from './model';

/** Pipeline definitions: which file of which repository is a pipeline. */
export class Definitions {
  readonly #records: Table<DefinitionRecord>;
  readonly #repositories: Repositories;
  readonly #now: () => Date;

  constructor(options: {
    state: StateStore;
    repositories: Repositories;
    now: () => Date;
  }) {
    this.#records = new Table(options.state, 'devops/definitions');
    this.#repositories = options.repositories;
    this.#now = options.now;
  }

  all(): DefinitionRecord[] {
    return this.#records.all();
  }

  list(project: string): DefinitionRecord[] {
    const { name } = this.#repositories.project(project);
    return this.#records.all().filter(record => record.project === name);
  }

  /** @throws DevOpsError 404 */
  get(project: string | undefined, id: number): DefinitionRecord {
    const name = project && this.#repositories.project(project).name;
    const found = this.#records.get(id);
    if (!found || (name && found.project !== name)) {
      throw notFound(
        'DefinitionNotFoundException',
        `VS800075: The definition with id ${id} does not exist, or you do not have permission to access it.`,
      );
    }
    return found;
  }

  create(
    input: {
      name: string;
      path?: string;
      repository: RepositoryRecord;
      yamlPath: string;
      variables?: Record<string, unknown>;
    },
    user: string,
  ): DefinitionRecord {
    const { name, repository } = input;
    const path = input.path || '\\';
    if (!name?.trim()) {
      throw invalid('name: a definition needs a name');
    }
    const twin = this.list(repository.project).find(
      other =>
        other.name.toLowerCase() === name.toLowerCase() && other.path === path,
    );
    if (twin) {
      throw new DevOpsError(
        409,
        'DefinitionExistsException',
        `A definition named ${name} already exists in folder ${path} in project ${repository.project}.`,
      );
    }
    return this.#records.put({
      id: this.#records.nextId(),
      name,
      path,
      revision: 1,
      project: repository.project,
      repository: repository.repository,
      repositoryId: repository.id,
      yamlPath: input.yamlPath.replace(/^\/+/, ''),
      queueStatus: 'enabled',
      createdBy: user,
      createdAt: this.#now().toISOString(),
      authorized: [],
      variables: input.variables ?? {},
    });
  }

  update(
    record: DefinitionRecord,
    change: Partial<
      Pick<
        DefinitionRecord,
        'name' | 'path' | 'yamlPath' | 'queueStatus' | 'variables'
      >
    >,
  ): DefinitionRecord {
    return this.#records.put({
      ...record,
      ...change,
      revision: record.revision + 1,
    });
  }

  /** Lets a definition use a protected resource, or no longer. */
  authorize(
    record: DefinitionRecord,
    resource: string,
    authorized: boolean,
  ): void {
    const others = record.authorized.filter(one => one !== resource);
    this.#records.put({
      ...record,
      authorized: authorized ? [...others, resource] : others,
    });
  }

  delete(record: DefinitionRecord): void {
    this.#records.delete(record.id);
  }
}
