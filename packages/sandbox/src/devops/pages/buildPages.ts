// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import type { BuildRecord, TimelineRecord } from '../../pipelines/model';
import type { DevOps } from '../DevOps';
import { buildWebUrl } from '../buildWire';
import { type Html, html, moment, page } from './html';

/** One run: its stages and steps, the image that it made, what went wrong. */
export function buildPage(devops: DevOps, project: string, id: number): string {
  const build = devops.builds.get(project, id);
  const definition = devops.definitions
    .all()
    .find(one => one.id === build.definitionId);
  const web = devops.repositories.webUrl(build);
  const issues = build.timeline.flatMap(record =>
    record.issues.map(issue => `${record.name}: ${issue.message}`),
  );
  return page(
    `Run ${build.buildNumber} of ${definition?.name ?? 'a deleted pipeline'}`,
    trail(devops, build.project, definition),
    html`<p>
        <strong>${build.result ?? build.status}</strong>,
        ${build.sourceBranch.replace('refs/heads/', '')} at
        <a href="${web}/commit/${build.sourceVersion}"
          >${build.sourceVersion.slice(0, 8)}</a
        >
        by ${build.requestedFor}, started ${moment(build.startTime)}, finished
        ${moment(build.finishTime)}
      </p>
      ${build.image?.digest
        ? html`<p>
            Image <code>${build.image.repository}:${build.image.version}</code>
          </p>`
        : ''}
      ${[...build.validationErrors, ...issues].map(
        problem => html`<p>${problem}</p>`,
      )}
      <h2>Stages</h2>
      ${build.timeline
        .filter(record => record.type === 'Stage')
        .map(stage => stageView(build, stage))}`,
  );
}

/** The runs of a pipeline. */
export function definitionPage(
  devops: DevOps,
  project: string,
  id: number,
): string {
  const definition = devops.definitions.get(project, id);
  const runs = devops.builds
    .all()
    .filter(build => build.definitionId === definition.id)
    .reverse();
  return page(
    `Pipeline ${definition.name}`,
    trail(devops, definition.project),
    runs.length === 0
      ? html`<p>It did not run yet.</p>`
      : html`<ul>
          ${runs.map(
            build =>
              html`<li>
                <a href="${buildWebUrl(devops, build)}">${build.buildNumber}</a>
                ${build.result ?? build.status}, ${moment(build.queueTime)}
              </li>`,
          )}
        </ul>`,
  );
}

function trail(
  devops: DevOps,
  project: string,
  definition?: { id: number; name: string },
) {
  return [
    { title: project, href: `${devops.url()}/${project}` },
    ...(definition
      ? [
          {
            title: definition.name,
            href: `${devops.url()}/${project}/_build/definition?definitionId=${
              definition.id
            }`,
          },
        ]
      : []),
  ];
}

function stageView(build: BuildRecord, stage: TimelineRecord): Html {
  const tasks = build.timeline.filter(
    record =>
      record.type === 'Task' &&
      record.identifier.startsWith(`${stage.identifier}.`),
  );
  return html`<h3>${stage.name}: ${stage.result ?? stage.state}</h3>
    <ul>
      ${tasks.map(
        task =>
          html`<li>
            ${task.name} <span class="quiet">${task.result ?? task.state}</span>
          </li>`,
      )}
    </ul>`;
}
