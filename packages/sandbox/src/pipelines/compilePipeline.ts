// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { parseDocument, stringify } from 'yaml';
import { ExpressionError, type Value } from './evaluateExpression';
import { expandTemplate } from './expandTemplate';
import type {
  PipelinePlan,
  PlannedJob,
  PlannedStage,
  PlannedStep,
  Trigger,
} from './model';
import { PipelineValidationError } from './PipelineValidationError';
import { templateParameters } from './templateParameters';

type Map = { [key: string]: Value };

export interface CompileInput {
  /** Text of the pipeline file. */
  text: string;
  /** Its path, for messages. */
  path: string;
  /** `Build.Reason` and the like. */
  variables: Record<string, string>;
  parameters: Record<string, unknown>;
  /** Reads a file of the pipeline's own repository, or of `project/repository` at a full ref. */
  readFile(
    path: string,
    from?: { repository: string; ref: string },
  ): Promise<string | undefined>;
}

const DEEPEST = 20;

class Compiler {
  readonly #input: CompileInput;
  readonly #repositories = new Map<
    string,
    { repository: string; ref: string }
  >();
  #extended: Record<string, Value> = {};

  constructor(input: CompileInput) {
    this.#input = input;
  }

  async compile(): Promise<PipelinePlan> {
    const { path, text } = this.#input;
    const root = parsed(path, text);
    this.#readResources(root);
    const own = this.#scope(
      templateParameters(path, root.parameters, this.#input.parameters as Map),
    );
    const { parameters: _, ...rest } = root;
    let body = expandTemplate(rest, own) as Map;
    const variables = variablesOf(body.variables);
    if (body.extends) {
      const { template, parameters } = asMap(body.extends);
      const given = asMap(parameters ?? {});
      const extended = await this.#template(
        String(template),
        given,
        undefined,
        0,
      );
      this.#extended = given;
      const { extends: __, ...kept } = body;
      body = { ...kept, ...extended };
    }
    const stages = await this.#stages(body);
    if (stages.length === 0) {
      throw new PipelineValidationError([
        `/${path}: No stages, jobs or steps to run: every one was left out, or none is there.`,
      ]);
    }
    return {
      stages,
      parameters: this.#extended,
      variables: { ...variables, ...variablesOf(body.variables) },
      trigger: triggerOf(root.trigger),
      finalYaml: stringify(body),
    };
  }

  #scope(parameters: Map) {
    return {
      values: { parameters, variables: this.#input.variables as Map },
    };
  }

  #readResources(root: Map): void {
    const listed = asMap(root.resources ?? {}).repositories;
    for (const item of Array.isArray(listed) ? listed.map(asMap) : []) {
      this.#repositories.set(String(item.repository), {
        repository: String(item.name),
        ref: String(item.ref ?? 'refs/heads/main'),
      });
    }
  }

  /** Reads and expands one template file: `path` or `path@repository`. */
  async #template(
    reference: string,
    given: Map,
    from: string | undefined,
    depth: number,
  ): Promise<Map> {
    const [path, alias = from] = reference.split('@');
    if (depth > DEEPEST) {
      throw new PipelineValidationError([
        `/${path}: templates include each other more than ${DEEPEST} deep`,
      ]);
    }
    const source =
      alias === undefined || alias === 'self'
        ? undefined
        : this.#repositories.get(alias);
    if (alias && alias !== 'self' && !source) {
      throw new PipelineValidationError([
        `/${
          this.#input.path
        }: The repository ${alias} in template reference ${reference} could not be found: name it under resources.repositories.`,
      ]);
    }
    const text = await this.#input.readFile(path.replace(/^\/+/, ''), source);
    if (text === undefined) {
      throw new PipelineValidationError([
        `/${this.#input.path}: Could not find ${path} in ${
          source
            ? `repository ${source.repository} at ${source.ref}`
            : 'repository self'
        }.`,
      ]);
    }
    const root = parsed(path, text);
    const parameters = templateParameters(path, root.parameters, given);
    const { parameters: _, ...rest } = root;
    const body = expandTemplate(rest, this.#scope(parameters)) as Map;
    for (const field of ['stages', 'jobs', 'steps']) {
      if (Array.isArray(body[field])) {
        body[field] = await this.#inline(body[field], field, alias, depth + 1);
      }
    }
    return body;
  }

  /** Replaces `- template: x` items by what x holds. */
  async #inline(
    items: Value[],
    field: string,
    from: string | undefined,
    depth: number,
  ): Promise<Value[]> {
    const all: Value[] = [];
    for (const item of items) {
      const map = isMap(item) ? item : {};
      if (typeof map.template === 'string') {
        const inner = await this.#template(
          map.template,
          asMap(map.parameters ?? {}),
          from,
          depth,
        );
        all.push(...asList(inner[field]));
        continue;
      }
      for (const inner of ['jobs', 'steps']) {
        if (Array.isArray(map[inner])) {
          map[inner] = await this.#inline(map[inner], inner, from, depth);
        }
      }
      all.push(item);
    }
    return all;
  }

  async #stages(body: Map): Promise<PlannedStage[]> {
    if (Array.isArray(body.stages)) {
      const stages = await this.#inline(body.stages, 'stages', undefined, 0);
      return stages.map(asMap).map((stage, index) => {
        const name = String(stage.stage ?? `Stage${index + 1}`);
        return {
          name,
          displayName: String(stage.displayName ?? name),
          condition: optional(stage.condition),
          jobs: jobsOf(asList(stage.jobs)),
        };
      });
    }
    if (!Array.isArray(body.jobs) && !Array.isArray(body.steps)) {
      return [];
    }
    const jobs = Array.isArray(body.jobs)
      ? await this.#inline(body.jobs, 'jobs', undefined, 0)
      : [
          {
            job: 'Job',
            steps: await this.#inline(
              asList(body.steps),
              'steps',
              undefined,
              0,
            ),
          },
        ];
    return [
      { name: '__default', displayName: '__default', jobs: jobsOf(jobs) },
    ];
  }
}

/**
 * Reads a pipeline file, fetches the templates that it uses, and expands all
 * into stages, jobs and steps.
 *
 * @throws PipelineValidationError
 */
export async function compilePipeline(
  input: CompileInput,
): Promise<PipelinePlan> {
  try {
    return await new Compiler(input).compile();
  } catch (error) {
    if (error instanceof ExpressionError) {
      throw new PipelineValidationError([`/${input.path}: ${error.message}`]);
    }
    throw error;
  }
}

function parsed(path: string, text: string): Map {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw new PipelineValidationError(
      document.errors.map(error => `/${path}: ${error.message.split('\n')[0]}`),
    );
  }
  const root = document.toJS() as Value;
  if (!isMap(root)) {
    throw new PipelineValidationError([`/${path}: A mapping was expected.`]);
  }
  return root;
}

function jobsOf(items: Value[]): PlannedJob[] {
  return items.map(asMap).map((job, index) => {
    const name = String(job.job ?? job.deployment ?? `Job${index + 1}`);
    return {
      name,
      displayName: String(job.displayName ?? name),
      steps: asList(job.steps).map(asMap).map(stepOf),
    };
  });
}

function stepOf(step: Map): PlannedStep {
  const script = optional(step.script ?? step.bash ?? step.pwsh);
  const shorthand: Record<string, string> = {
    checkout: `Checkout ${String(step.checkout)}`,
    publish: 'Publish artifact',
    download: 'Download artifact',
  };
  const short = Object.keys(shorthand).find(key => step[key] !== undefined);
  const task = optional(step.task) ?? (short ? `${short}@1` : 'CmdLine@2');
  const first = script?.trim().split('\n')[0];
  return {
    displayName: String(
      step.displayName ?? (short && shorthand[short]) ?? first ?? task,
    ),
    task,
    script,
    condition: optional(step.condition),
  };
}

function triggerOf(trigger: Value | undefined): Trigger {
  if (trigger === undefined || trigger === null) {
    return { include: ['*'], exclude: [] };
  }
  if (trigger === 'none') {
    return { include: [], exclude: [] };
  }
  if (Array.isArray(trigger)) {
    return { include: trigger.map(String), exclude: [] };
  }
  const branches = isMap(trigger) ? trigger.branches : undefined;
  if (Array.isArray(branches)) {
    return { include: branches.map(String), exclude: [] };
  }
  const { include, exclude } = asMap(branches ?? {});
  return {
    include: include === undefined ? ['*'] : asList(include).map(String),
    exclude: asList(exclude).map(String),
  };
}

function variablesOf(variables: Value | undefined): Record<string, string> {
  if (Array.isArray(variables)) {
    return Object.fromEntries(
      variables
        .map(asMap)
        .filter(item => item.name !== undefined)
        .map(item => [String(item.name), String(item.value ?? '')]),
    );
  }
  return Object.fromEntries(
    Object.entries(asMap(variables ?? {})).map(([name, value]) => [
      name,
      String(value),
    ]),
  );
}

function isMap(value: Value | undefined): value is Map {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function asMap(value: Value): Map {
  return isMap(value) ? value : {};
}

function asList(value: Value | undefined): Value[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

function optional(value: Value | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
