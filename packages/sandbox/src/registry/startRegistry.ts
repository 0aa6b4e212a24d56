// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Faults } from '../faults';
import { digestOf } from './MemoryImageRegistry';
import type { ImageRegistry, PublishedImage } from './types';

export interface RegistryOptions {
  /** 0 takes any free port. */
  port: number;
  registry: ImageRegistry;
  faults: Faults;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/**
 * The reading half of the OCI distribution API (opencontainers/distribution-spec:spec.md)
 * and the tag list of Azure Container Registry. Images have manifests, but no
 * layers: nobody runs them.
 */
export async function startRegistry(
  options: RegistryOptions,
): Promise<{ url: string; stop(): Promise<void> }> {
  const { registry, faults } = options;
  const server = createServer((request, response) => {
    faults
      .intercept('registry', request, response, status =>
        refuse(response, status, 'UNKNOWN', `told to answer ${status}`),
      )
      .then(handled => {
        if (handled) {
          return;
        }
        const { pathname, searchParams } = new URL(
          request.url ?? '/',
          'http://registry',
        );
        if (!['GET', 'HEAD'].includes(request.method ?? '')) {
          refuse(response, 405, 'UNSUPPORTED', 'images come from pipelines');
          return;
        }
        answer(registry, decodeURIComponent(pathname), searchParams, response);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function answer(
  registry: ImageRegistry,
  path: string,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  if (path === '/v2/' || path === '/v2') {
    send(response, {});
    return;
  }
  if (path === '/v2/_catalog' || path === '/acr/v1/_catalog') {
    const all = registry.repositories();
    send(response, { repositories: paged(all, query, one => one) });
    return;
  }
  const acr = /^\/acr\/v1\/(.+)\/_tags(?:\/([^/]+))?$/.exec(path);
  const tags = /^\/v2\/(.+)\/tags\/list$/.exec(path);
  const manifest = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path);
  const name = (acr ?? tags ?? manifest)?.[1] ?? '';
  const images = registry.images(name);
  if (images.length === 0) {
    refuse(
      response,
      404,
      'NAME_UNKNOWN',
      `repository name ${name} is not known to registry`,
    );
    return;
  }
  if (acr) {
    acrTags(registry, name, images, acr[2], query, response);
    return;
  }
  if (tags) {
    const all = images.flatMap(image => image.tags).sort();
    send(response, { name, tags: paged(all, query, one => one) });
    return;
  }
  const wanted = manifest![2];
  const found = images.find(
    image => image.digest === wanted || image.tags.includes(wanted),
  );
  if (!found) {
    refuse(
      response,
      404,
      'MANIFEST_UNKNOWN',
      `manifest ${wanted} is not found`,
    );
    return;
  }
  const body = manifestOf(found);
  response.setHeader('Docker-Content-Digest', found.digest);
  response.setHeader('ETag', `"${found.digest}"`);
  send(response, body, MANIFEST);
}

function acrTags(
  registry: ImageRegistry,
  imageName: string,
  images: PublishedImage[],
  wanted: string | undefined,
  query: URLSearchParams,
  response: ServerResponse,
): void {
  const all = images
    .flatMap(image =>
      image.tags.map(tag => ({
        name: tag,
        digest: image.digest,
        createdTime: image.createdAt,
        lastUpdateTime: image.createdAt,
        signed: false,
        changeableAttributes: {
          deleteEnabled: false,
          writeEnabled: false,
          readEnabled: true,
          listEnabled: true,
          quarantineState: image.quarantined ? 'Failed' : 'Passed',
        },
      })),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
  const head = { registry: registry.host, imageName };
  if (wanted) {
    const tag = all.find(one => one.name === wanted);
    if (tag) {
      send(response, { ...head, tag });
    } else {
      refuse(
        response,
        404,
        'TAG_UNKNOWN',
        `the specified tag ${wanted} does not exist`,
      );
    }
    return;
  }
  if (query.get('orderby') === 'timedesc') {
    all.sort((a, b) => b.createdTime.localeCompare(a.createdTime));
  }
  send(response, { ...head, tags: paged(all, query, one => one.name) });
}

/** `n` items after `last`, as both APIs page. */
function paged<T>(
  all: T[],
  query: URLSearchParams,
  keyOf: (item: T) => string,
): T[] {
  const last = query.get('last');
  const from = last ? all.findIndex(item => keyOf(item) === last) + 1 : 0;
  return all.slice(from, from + Number(query.get('n') ?? all.length));
}

function manifestOf(image: PublishedImage): object {
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    created: image.createdAt,
  });
  return {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: digestOf(config),
      size: Buffer.byteLength(config),
    },
    layers: [],
    annotations: image.annotations,
  };
}

function send(
  response: ServerResponse,
  body: object,
  type = 'application/json; charset=utf-8',
): void {
  const text = JSON.stringify(body);
  response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(text),
  });
  // A HEAD answer has no body: node leaves it out.
  response.end(text);
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}
