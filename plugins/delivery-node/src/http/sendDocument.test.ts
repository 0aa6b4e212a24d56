// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import express from 'express';
import type { AddressInfo } from 'node:net';
import { etagOf, sendDocument } from './sendDocument';

describe('sendDocument', () => {
  async function get(document: unknown, known?: string) {
    const server = express()
      .get('/', (request, response) =>
        sendDocument(request, response, document),
      )
      .listen(0);
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://localhost:${port}/`, {
      headers: known === undefined ? {} : { 'if-none-match': known },
    });
    const body = await response.text();
    server.close();
    const header = (name: string) => response.headers.get(name);
    return {
      status: response.status,
      body,
      etag: header('etag'),
      cache: header('cache-control'),
      type: header('content-type'),
    };
  }

  it('sends the document for this person, and nothing when it is known', async () => {
    const document = { a: 'ä', b: [1] };
    const first = await get(document);
    expect(first).toEqual({
      status: 200,
      body: '{"a":"ä","b":[1]}',
      etag: etagOf(document),
      cache: 'private, no-cache',
      type: 'application/json; charset=utf-8',
    });
    expect(first.etag).toMatch(/^W\/"[\w-]{22}"$/);
    const nothing = {
      status: 304,
      body: '',
      etag: first.etag,
      cache: 'private, no-cache',
      type: null,
    };
    expect(await get(document, first.etag!)).toEqual(nothing);
    expect(await get(document, `"other", ${first.etag}`)).toEqual(nothing);
    expect((await get({ ...document, b: [2] }, first.etag!)).status).toBe(200);
    expect((await get(document, '')).status).toBe(200);
  });
});
