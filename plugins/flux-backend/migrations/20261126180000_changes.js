// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('deployments', table => {
    table
      .string('change', 20)
      .notNullable()
      .defaultTo('image')
      .comment('What changed: image or configuration');
    table
      .integer('missed_before')
      .notNullable()
      .defaultTo(0)
      .comment('A gap: revisions just before this one that were not seen');
    table
      .string('digest', 128)
      .nullable()
      .comment('What the Kustomization applied when it brought the change');
    table.index(
      ['cluster', 'kustomization', 'started_at'],
      'deployments_kustomization_index',
    );
  });
  await knex.schema.alterTable('attributions', table => {
    // Which revision is applied follows from the Kustomization itself.
    table.dropColumn('applied_revision');
    table
      .bigInteger('updated_at')
      .notNullable()
      .defaultTo(0)
      .comment('Epoch milliseconds');
  });
  await knex('attributions').update({ updated_at: Date.now() });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('attributions', table => {
    table.dropColumn('updated_at');
    table.string('applied_revision', 64).nullable();
  });
  // What the older version cannot tell apart from a change of the template.
  await knex('deployments').where('change', 'configuration').delete();
  await knex.schema.alterTable('deployments', table => {
    table.dropIndex([], 'deployments_kustomization_index');
    table.dropColumn('digest');
    table.dropColumn('missed_before');
    table.dropColumn('change');
  });
};
