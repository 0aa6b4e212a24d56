// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('deployments', table => {
    table.comment('Changes in the pod template of a workload; kept 800 days');
    table
      .string('id', 64)
      .primary()
      .comment('Hash of place, workload, template and its revision');
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('workload_kind', 63).notNullable();
    table.string('workload', 253).notNullable();
    table
      .string('component', 63)
      .notNullable()
      .comment('Label backstage.io/kubernetes-id; empty when there is none');
    table.string('template_key', 64).notNullable();
    table
      .string('template_revision', 20)
      .notNullable()
      .comment('Revision of the workload that brought the template');
    table
      .text('images')
      .notNullable()
      .comment('JSON: [{container, image}] of the template');
    table.bigInteger('started_at').notNullable().comment('Epoch milliseconds');
    table
      .string('kustomization', 320)
      .nullable()
      .comment('namespace/name of the Kustomization that applies it');
    table.text('commit').nullable().comment('JSON: DeploymentCommit');
    table.index(['cluster', 'namespace', 'component', 'started_at']);
    table.index(['cluster', 'namespace', 'workload', 'started_at']);
    table.index(['started_at']);
  });
  await knex.schema.createTable('attributions', table => {
    table.comment('What Git says about the paths of each Kustomization');
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table.text('repository').notNullable();
    table.string('path', 512).notNullable();
    table.string('revision', 64).notNullable().comment('Commit last looked at');
    table.text('paths').notNullable().comment('JSON: paths that it renders');
    table
      .text('images')
      .notNullable()
      .comment('JSON: image name to tag in Git');
    table.text('commit').nullable().comment('JSON: newest that touched a path');
    table.string('applied_revision', 64).nullable();
    table.text('applied_commit').nullable();
    table.primary(['cluster', 'namespace', 'name']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('attributions');
  await knex.schema.dropTable('deployments');
};
