// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { DiskGitStore, GitRepository, GitRepositoryRef } from '../../git';
import type { StateStore } from '../../state';
import { DevOpsError, invalid, notFound } from '../http/DevOpsError';
import { guidOf } from '../http/guid';
import type { Json } from '../http/Locations';
import { Table } from './Table';

export interface ProjectRecord {
  id: string;
  name: string;
  description?: string;
  lastUpdateTime: string;
}

export interface RepositoryRecord extends GitRepositoryRef {
  id: string;
  isDisabled: boolean;
  defaultBranch: string;
}

/** Projects and repositories: what git holds, with the ids that Azure DevOps gives. */
export class Repositories {
  readonly git: DiskGitStore;
  readonly #projects: Table<ProjectRecord>;
  readonly #records: Table<RepositoryRecord>;
  readonly #seen = new Set<string>();
  readonly #url: () => string;
  readonly #now: () => Date;

  constructor(options: {
    git: DiskGitStore;
    state: StateStore;
    url: () => string;
    now: () => Date;
  }) {
    this.git = options.git;
    this.#url = options.url;
    this.#now = options.now;
    this.#projects = new Table(options.state, 'devops/projects');
    this.#records = new Table(options.state, 'devops/repositories');
  }

  projects(): ProjectRecord[] {
    for (const { project } of this.git.list()) {
      if (!this.#seen.has(project)) {
        this.#ensureProject(project);
        this.#seen.add(project);
      }
    }
    return this.#projects.all().sort((a, b) => a.name.localeCompare(b.name));
  }

  /** @throws DevOpsError 404 */
  project(nameOrId: string): ProjectRecord {
    const wanted = nameOrId.toLowerCase();
    const found = this.projects().find(
      project => project.id === wanted || project.name.toLowerCase() === wanted,
    );
    if (!found) {
      throw notFound(
        'ProjectDoesNotExistWithNameException',
        `TF200016: The following project does not exist: ${nameOrId}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
      );
    }
    return found;
  }

  createProject(name: string, description?: string): ProjectRecord {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name ?? '')) {
      throw invalid(
        `VS402337: name "${name}" is not a project name: use letters, digits, ".", "_" and "-", at most 64`,
      );
    }
    const known = this.projects();
    if (
      known.some(project => project.name.toLowerCase() === name.toLowerCase())
    ) {
      throw new DevOpsError(
        409,
        'ProjectAlreadyExistsException',
        `TF200019: The following project already exists on the Azure DevOps Server: ${name}.`,
      );
    }
    return this.#ensureProject(name, description);
  }

  list(project?: string): RepositoryRecord[] {
    const name = project && this.project(project).name;
    return this.git
      .list()
      .filter(ref => !name || ref.project === name)
      .map(ref => this.byRef(ref))
      .sort((a, b) => a.repository.localeCompare(b.repository));
  }

  byRef(ref: GitRepositoryRef): RepositoryRecord {
    const known = this.#records
      .all()
      .find(
        record =>
          record.project === ref.project &&
          record.repository === ref.repository,
      );
    return (
      known ??
      this.#records.put({
        id: guidOf(`repository/${ref.project}/${ref.repository}`),
        project: ref.project,
        repository: ref.repository,
        isDisabled: false,
        defaultBranch: 'refs/heads/main',
      })
    );
  }

  /** By name or id. @throws DevOpsError 404, as for a repository that one may not see */
  find(project: string | undefined, nameOrId: string): RepositoryRecord {
    const wanted = nameOrId.toLowerCase();
    const name = project && this.project(project).name;
    const ref = this.git
      .list()
      .find(
        other =>
          (!name || other.project === name) &&
          ((name && other.repository.toLowerCase() === wanted) ||
            this.byRef(other).id === wanted),
      );
    if (!ref) {
      throw notFound(
        'GitRepositoryNotFoundException',
        `TF401019: The Git repository with name or identifier ${nameOrId} does not exist or you do not have permissions for the operation you are attempting.`,
      );
    }
    return this.byRef(ref);
  }

  /** As {@link find}, and refuses a disabled one. */
  readable(project: string | undefined, nameOrId: string): RepositoryRecord {
    const record = this.find(project, nameOrId);
    if (record.isDisabled) {
      throw new DevOpsError(
        403,
        'GitRepositoryDisabledException',
        `TF401019: The repository ${record.repository} is disabled.`,
      );
    }
    return record;
  }

  create(project: string, name: string): RepositoryRecord {
    const { name: projectName } = this.project(project);
    const ref = { project: projectName, repository: name };
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name ?? '')) {
      throw invalid(
        `TF401025: name "${name}" is not a repository name: use letters, digits, ".", "_" and "-", at most 64`,
      );
    }
    if (this.git.exists(ref)) {
      throw new DevOpsError(
        409,
        'GitRepositoryNameAlreadyExistsException',
        `TF400948: A Git repository with the name ${name} already exists.`,
      );
    }
    this.git.create(ref);
    return this.#records.put({
      id: randomUUID(),
      ...ref,
      isDisabled: false,
      defaultBranch: 'refs/heads/main',
    });
  }

  update(record: RepositoryRecord, change: Json): RepositoryRecord {
    if (change.name !== undefined && change.name !== record.repository) {
      throw invalid('name: renaming a repository is not supported here');
    }
    return this.#records.put({
      ...record,
      isDisabled: change.isDisabled ?? record.isDisabled,
      defaultBranch: change.defaultBranch ?? record.defaultBranch,
    });
  }

  delete(record: RepositoryRecord): void {
    this.git.delete(record);
    this.#records.delete(record.id);
  }

  repository(record: GitRepositoryRef): GitRepository {
    return this.git.repository(record);
  }

  projectWire(project: ProjectRecord): Json {
    return {
      id: project.id,
      name: project.name,
      description: project.description,
      url: `${this.#url()}/_apis/projects/${project.id}`,
      state: 'wellFormed',
      revision: 1,
      visibility: 'private',
      lastUpdateTime: project.lastUpdateTime,
    };
  }

  /** Shape of GitRepository on the wire. */
  async wire(record: RepositoryRecord): Promise<Json> {
    const project = this.project(record.project);
    const refs = await this.repository(record).refs();
    const web = this.webUrl(record);
    return {
      id: record.id,
      name: record.repository,
      url: `${this.#url()}/${project.id}/_apis/git/repositories/${record.id}`,
      project: this.projectWire(project),
      ...(refs.size > 0 ? { defaultBranch: record.defaultBranch } : {}),
      size: refs.size > 0 ? 4096 : 0,
      remoteUrl: web,
      sshUrl: web,
      webUrl: web,
      isDisabled: record.isDisabled,
      isInMaintenance: false,
    };
  }

  /** Where a person, and git, finds the repository. */
  webUrl(ref: GitRepositoryRef): string {
    return `${this.#url()}/${ref.project}/_git/${ref.repository}`;
  }

  #ensureProject(name: string, description?: string): ProjectRecord {
    const id = guidOf(`project/${name.toLowerCase()}`);
    return (
      this.#projects.get(id) ??
      this.#projects.put({
        id,
        name,
        description,
        lastUpdateTime: this.#now().toISOString(),
      })
    );
  }
}
