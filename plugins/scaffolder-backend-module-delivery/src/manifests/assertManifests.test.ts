// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  mkdtempSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  BASE,
  type Files,
  FLUX,
  goodFiles,
  OVERLAY,
  SCOPE,
} from '../__testUtils__/goodManifests';
import { readFiles } from '../files/readFiles';
import { assertManifests } from './assertManifests';

function check(files: Files) {
  return assertManifests(
    Object.entries(files).map(([path, content]) => ({
      path,
      content: Buffer.from(
        typeof content === 'string'
          ? content
          : stringify(content, { aliasDuplicateObjects: false }),
      ),
    })),
    SCOPE,
  );
}

const pod = (files: Files) =>
  files[`${BASE}/deployment.yaml`].spec.template.spec;
const container = (files: Files) => pod(files).containers[0];
const of = (name: string) => (files: Files) => files[`${BASE}/${name}.yaml`];

describe('assertManifests', () => {
  it('has no objection to a good set', () => {
    expect(check(goodFiles()).map(({ kind }) => kind)).toEqual([
      'Kustomization',
      'Deployment',
      'Service',
      'ServiceAccount',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'NetworkPolicy',
      'Kustomization',
      'Kustomization',
    ]);
  });

  const cases: Array<[message: string, breakIt: (files: Files) => void]> = [
    // Files and text
    [
      'lies outside of apps/team-a/checkout/',
      f => (f['apps/team-b/x/base/a.yaml'] = of('service')(f)),
    ],
    [
      'lies outside of',
      f => (f['clusters/prod/apps/team-a-checkout.yaml'] = f[FLUX]),
    ],
    ['only .yaml files', f => (f[`${BASE}/run.sh`] = 'echo')],
    ['is missing', f => delete f[OVERLAY]],
    [
      'template text was not rendered',
      f => (f[`${BASE}/a.yaml`] = '# ${{ values.x }}\n'),
    ],
    [
      'YAML: Unresolved tag',
      f => (f[`${BASE}/a.yaml`] = 'apiVersion: !!js/function x\n'),
    ],
    [
      'YAML: Map keys must be unique',
      f => (f[`${BASE}/a.yaml`] = 'kind: A\nkind: B\n'),
    ],
    [
      'YAML: put "yes" in quotes',
      f =>
        (f[`${BASE}/a.yaml`] =
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: yes}\n'),
    ],
    [
      '1e3 is read differently',
      f =>
        (f[`${BASE}/a.yaml`] =
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1e3}\n'),
    ],
    [
      '0x10 is read differently',
      f =>
        (f[`${BASE}/a.yaml`] =
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 0x10}\n'),
    ],
    [
      'the alias *x must be written out',
      f =>
        (f[`${BASE}/a.yaml`] =
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: &x a, namespace: *x}\n'),
    ],
    [
      'apiVersion, kind and metadata.name are needed',
      f => (f[`${BASE}/a.yaml`] = 'kind: ConfigMap\n'),
    ],
    [
      'at most 262144 are allowed',
      f => (f[`${BASE}/a.yaml`] = `# ${'x'.repeat(300_000)}`),
    ],
    // Kinds
    [
      'ClusterRoleBinding is not allowed here',
      f => (of('service')(f).kind = 'ClusterRoleBinding'),
    ],
    ['Secret is not allowed here', f => (of('service')(f).kind = 'Secret')],
    [
      'must be of policy/v1, not policy/v1beta1',
      f => (of('pdb')(f).apiVersion = 'policy/v1beta1'),
    ],
    [
      'is not a DNS-1123 label',
      f => (of('service')(f).metadata.name = 'Check_out'),
    ],
    [
      'ServiceAccount checkout is there twice',
      f => (f[`${BASE}/b.yaml`] = of('serviceaccount')(f)),
    ],
    [
      'metadata.namespace must be left out',
      f => (of('service')(f).metadata.namespace = 'team-b'),
    ],
    // Kustomize
    [
      '"https://example.com/x" is neither',
      f => f[OVERLAY].resources.push('https://example.com/x'),
    ],
    [
      '"../../../../team-b/x/base" is neither',
      f => f[OVERLAY].resources.push('../../../../team-b/x/base'),
    ],
    ['the field helmCharts is not allowed', f => (f[OVERLAY].helmCharts = [])],
    [
      'labels: fairway.dev/cost-center is needed',
      f =>
        delete of('kustomization')(f).labels[0].pairs[
          'fairway.dev/cost-center'
        ],
    ],
    [
      'labels: fairway.dev/team must be team-a',
      f =>
        (of('kustomization')(f).labels[0].pairs['fairway.dev/team'] = 'team-b'),
    ],
    [
      'the tag latest is no version',
      f => (f[OVERLAY].images[0].newTag = 'latest'),
    ],
    [
      'newName is not allowed',
      f => (f[OVERLAY].images[0].newName = 'docker.io/x'),
    ],
    ['needs a newTag', f => delete f[OVERLAY].images],
    // Workload
    [
      'must be acrfairway.azurecr.io/team-a/checkout, without a tag',
      f => (container(f).image += ':latest'),
    ],
    [
      'image "docker.io/nginx" must be',
      f => (container(f).image = 'docker.io/nginx'),
    ],
    [
      'spec.replicas must be left out',
      f => (of('deployment')(f).spec.replicas = 2),
    ],
    [
      'spec.selector must select',
      f => (of('deployment')(f).spec.selector.matchLabels = { a: 'b' }),
    ],
    ['hostNetwork is not allowed', f => (pod(f).hostNetwork = true)],
    [
      'volumes: hostPath is not allowed',
      f => (pod(f).volumes = [{ name: 'x', hostPath: { path: '/' } }]),
    ],
    [
      'runAsNonRoot must be true',
      f => delete pod(f).securityContext.runAsNonRoot,
    ],
    [
      'seccompProfile.type must be',
      f => delete pod(f).securityContext.seccompProfile,
    ],
    [
      'automountServiceAccountToken must be false',
      f => delete pod(f).automountServiceAccountToken,
    ],
    ['serviceAccountName is needed', f => delete pod(f).serviceAccountName],
    [
      'resources.limits.memory is needed',
      f => delete container(f).resources.limits,
    ],
    [
      'resources.requests.cpu is needed',
      f => delete container(f).resources.requests.cpu,
    ],
    [
      'requests.cpu: "1e9" is no sensible quantity',
      f => (container(f).resources.requests.cpu = '1e9'),
    ],
    [
      'limits.memory: "1Zi" is no sensible quantity',
      f => (container(f).resources.limits.memory = '1Zi'),
    ],
    ['livenessProbe is needed', f => delete container(f).livenessProbe],
    ['readinessProbe is needed', f => delete container(f).readinessProbe],
    ['ports: 0 is not between', f => (container(f).ports[0].containerPort = 0)],
    [
      'ports: 70000 is not between',
      f => (container(f).ports[0].containerPort = 70_000),
    ],
    ['hostPort is not allowed', f => (container(f).ports[0].hostPort = 80)],
    [
      'privileged is not allowed',
      f => (container(f).securityContext.privileged = true),
    ],
    [
      'allowPrivilegeEscalation must be false',
      f => delete container(f).securityContext.allowPrivilegeEscalation,
    ],
    [
      'readOnlyRootFilesystem must be true',
      f => delete container(f).securityContext.readOnlyRootFilesystem,
    ],
    [
      'capabilities.drop must hold ALL',
      f => delete container(f).securityContext.capabilities,
    ],
    [
      'capabilities.add is not allowed',
      f => (container(f).securityContext.capabilities.add = ['NET_ADMIN']),
    ],
    [
      'image "busybox" must be',
      f => (pod(f).initContainers = [{ name: 'x', image: 'busybox' }]),
    ],
    ['a container is needed', f => (pod(f).containers = [])],
    // Surroundings
    ['a NetworkPolicy is needed', f => delete f[`${BASE}/networkpolicy.yaml`]],
    ['a PodDisruptionBudget is needed', f => delete f[`${BASE}/pdb.yaml`]],
    [
      'spec.type LoadBalancer is not allowed',
      f => (of('service')(f).spec.type = 'LoadBalancer'),
    ],
    [
      'spec.selector selects no pod',
      f => (of('service')(f).spec.selector = { a: 'b' }),
    ],
    [
      'spec.podSelector selects no pod',
      f => (of('networkpolicy')(f).spec.podSelector = {}),
    ],
    [
      'policyTypes must hold Ingress',
      f => (of('networkpolicy')(f).spec.policyTypes = ['Egress']),
    ],
    ['maxUnavailable must be 1', f => (of('pdb')(f).spec.maxUnavailable = 0)],
    [
      'scaleTargetRef names no Deployment',
      f => (of('hpa')(f).spec.scaleTargetRef.name = 'other'),
    ],
    ['use 1 <= min <= max', f => (of('hpa')(f).spec.minReplicas = 9)],
    ['spec.metrics is needed', f => delete of('hpa')(f).spec.metrics],
    [
      'other is no Service of this service',
      f =>
        (f[`${BASE}/httproute.yaml`] = {
          apiVersion: 'gateway.networking.k8s.io/v1',
          kind: 'HTTPRoute',
          metadata: { name: 'checkout' },
          spec: { rules: [{ backendRefs: [{ name: 'other' }] }] },
        }),
    ],
    // Flux
    [
      'metadata.namespace must be team-a',
      f => (f[FLUX].metadata.namespace = 'flux-system'),
    ],
    [
      'spec.targetNamespace must be team-a',
      f => (f[FLUX].spec.targetNamespace = 'team-b'),
    ],
    [
      'spec.serviceAccountName must be team-a-reconciler',
      f => delete f[FLUX].spec.serviceAccountName,
    ],
    ['spec.path must be', f => (f[FLUX].spec.path = './clusters')],
    ['spec.prune must be true', f => (f[FLUX].spec.prune = false)],
    [
      'spec.sourceRef.namespace must be left out',
      f => (f[FLUX].spec.sourceRef.namespace = 'flux-system'),
    ],
    ['spec.kubeConfig is not allowed', f => (f[FLUX].spec.kubeConfig = {})],
    ['kubernetes-id must be checkout', f => delete f[FLUX].spec.commonMetadata],
    [
      'Kustomization must be of kustomize.toolkit.fluxcd.io/v1',
      f => (f[FLUX].apiVersion = 'kustomize.toolkit.fluxcd.io/v1beta2'),
    ],
  ];

  it.each(cases)('objects: %s', (message, breakIt) => {
    const files = goodFiles();
    breakIt(files);
    expect(() => check(files)).toThrow(message);
  });

  it('lists every objection with its file', () => {
    const files = goodFiles();
    delete container(files).livenessProbe;
    files[FLUX].spec.prune = false;
    expect(() => check(files)).toThrow(
      `The manifests have 2 problem(s):\n${BASE}/deployment.yaml: livenessProbe is needed\n${FLUX}: spec.prune must be true`,
    );
  });
});

describe('readFiles', () => {
  let workspace: string;

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'fairway-files-'));
    mkdirSync(join(workspace, 'gitops/a'), { recursive: true });
    writeFileSync(join(workspace, 'gitops/a/b.yaml'), 'x');
  });

  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  it('reads regular files', async () => {
    expect(await readFiles(workspace, './gitops')).toEqual([
      { path: 'a/b.yaml', content: Buffer.from('x') },
    ]);
  });

  it("refuses symbolic links, git's folder, and what is outside or not there", async () => {
    symlinkSync('/etc/passwd', join(workspace, 'gitops/a/link.yaml'));
    await expect(readFiles(workspace, './gitops')).rejects.toThrow(
      'a/link.yaml is a symbolic link',
    );
    rmSync(join(workspace, 'gitops/a/link.yaml'));
    mkdirSync(join(workspace, 'gitops/.GIT'));
    await expect(readFiles(workspace, './gitops')).rejects.toThrow(
      ".GIT is git's own folder",
    );
    await expect(readFiles(workspace, '../..')).rejects.toThrow('outside');
    await expect(readFiles(workspace, './service')).rejects.toThrow(
      'Start the template again with the same values',
    );
  });
});
