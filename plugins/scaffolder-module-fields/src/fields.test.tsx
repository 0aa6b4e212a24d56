// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import { mockApis } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  createPseudoTranslationApi,
  findRawLiterals,
} from '@fairway/plugin-delivery-react/testing';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import { Description } from './description/Description';
import { descriptionField } from './description/descriptionField';
import { Environments } from './environments/Environments';
import { environmentsField } from './environments/environmentsField';
import { Exposure } from './exposure/Exposure';
import { exposureField } from './exposure/exposureField';
import { ServiceName } from './name/ServiceName';
import { serviceNameField } from './name/serviceNameField';
import { Owner } from './owner/Owner';
import { ownerField } from './owner/ownerField';
import { ENTITIES, renderField, validate } from './__testUtils__/renderField';

expect.extend(toHaveNoViolations);

async function expectNoAxeViolations(container: Element) {
  expect(
    await axe(container, { rules: { region: { enabled: false } } }),
  ).toHaveNoViolations();
}

const brokenCatalog = () =>
  catalogApiMock.mock({
    getEntityByRef: async () => {
      throw new Error('the catalog is away');
    },
    getEntitiesByRefs: async () => {
      throw new Error('the catalog is away');
    },
  });

describe('FairwayServiceName', () => {
  it.each([
    ['', 'Name the service.'],
    ['ab', 'Use at least 3 characters.'],
    ['a'.repeat(41), 'Use at most 40 characters; this has 41.'],
    ['Checkout', 'Use lower case letters: checkout.'],
    ['1checkout', 'Begin with a letter from a to z.'],
    ['-checkout', 'Begin with a letter from a to z.'],
    ['checkout-', 'End with a letter or a digit.'],
    [
      'check out_ü/../x',
      'Use only lower case letters, digits and hyphens. Not allowed: ␣ _ ü / .',
    ],
    [
      'checkout\n',
      'Use only lower case letters, digits and hyphens. Not allowed: ␣',
    ],
    [
      'flux-system',
      'flux-system is reserved for the platform. Choose another name.',
    ],
    [
      'kube-thing',
      'kube-thing is reserved for the platform. Choose another name.',
    ],
    ['aux', 'aux cannot be a folder on Windows. Choose another name.'],
    [
      'payments',
      'payments exists already and belongs to team-b. Choose another name.',
    ],
  ])('refuses %j', async (name, message) => {
    expect(await validate(serviceNameField, name)).toEqual([message]);
  });

  it.each(['checkout', 'a2c', 'a'.repeat(40), 'gift-cards-2'])(
    'takes %s',
    async name => {
      expect(await validate(serviceNameField, name)).toEqual([]);
    },
  );

  it('does not hold the form when the catalog is away', async () => {
    expect(
      await validate(serviceNameField, 'checkout', {
        catalog: brokenCatalog(),
      }),
    ).toEqual([]);
  });

  it('says what it knows while somebody types', async () => {
    const user = userEvent.setup();
    const { container, values } = renderField(ServiceName);
    const input = await screen.findByRole('textbox', {
      name: /Name of the service/,
    });
    expect(input).not.toBeInvalid();
    await user.type(input, 'Pay');
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription(/Use lower case letters: pay./);
    await user.clear(input);
    await user.type(input, 'payments');
    expect(
      await screen.findByText(/payments exists already and belongs to team-b/),
    ).toBeInTheDocument();
    expect(input).toBeInvalid();
    await user.type(input, '-2');
    expect(await screen.findByText('payments-2 is free.')).toBeInTheDocument();
    expect(input).not.toBeInvalid();
    expect(values.at(-1)).toBe('payments-2');
    await expectNoAxeViolations(container);
  });

  it('says that it could not check', async () => {
    renderField(ServiceName, {
      formData: 'checkout',
      catalog: brokenCatalog(),
    });
    expect(await screen.findByText(/could not be checked/)).toBeInTheDocument();
  });
});

describe('FairwayDescription', () => {
  it.each([
    ['', 'Say in one sentence what the service does.'],
    ['  ', 'Say in one sentence what the service does.'],
    ['x'.repeat(201), 'Use at most 200 characters; this has 201.'],
    ['a\nb', 'Use only plain text: this has a character that cannot be seen.'],
    [
      'check\u202eout',
      'Use only plain text: this has a character that cannot be seen.',
    ],
    ['${{ secrets.x }}', 'Use no template text such as ${{ }}.'],
    ['{% raw %}', 'Use no template text such as ${{ }}.'],
  ])('refuses %j', async (text, message) => {
    expect(await validate(descriptionField, text)).toEqual([message]);
  });

  it.each(['Takes orders', 'Käse: "50 %" # & <b>', 'x'.repeat(200)])(
    'takes %s',
    async text => {
      expect(await validate(descriptionField, text)).toEqual([]);
    },
  );

  it('says what is wrong while somebody types, and how much room is left', async () => {
    const user = userEvent.setup();
    const { container } = renderField(Description, {
      formData: 'x'.repeat(198),
    });
    const input = await screen.findByRole('textbox', { name: /What it does/ });
    expect(screen.getByText('2 characters left.')).toBeInTheDocument();
    await user.type(input, 'y');
    expect(screen.getByText('1 character left.')).toBeInTheDocument();
    await user.type(input, 'yz');
    expect(input).toBeInvalid();
    expect(input).toHaveAccessibleDescription(/this has 201/);
    await user.clear(input);
    expect(input).toHaveAccessibleDescription(/Say in one sentence/);
    await user.type(input, 'Takes orders');
    expect(input).not.toBeInvalid();
    await expectNoAxeViolations(container);
  });
});

describe('FairwayOwner', () => {
  it('chooses for somebody with one group, without its parents', async () => {
    const { container, values } = renderField(Owner);
    expect(
      await screen.findByRole('button', { name: /Team A/ }),
    ).toBeInTheDocument();
    expect(values).toEqual(['group:default/team-a']);
    await expectNoAxeViolations(container);
  });

  it('offers the groups of the reader and no others', async () => {
    const user = userEvent.setup();
    const entities = ENTITIES.map(entity =>
      entity.kind === 'User'
        ? {
            ...entity,
            relations: ['team-a', 'team-b'].map(name => ({
              type: 'memberOf',
              targetRef: `group:default/${name}`,
            })),
          }
        : entity,
    );
    const { values } = renderField(Owner, {
      catalog: catalogApiMock({ entities }),
      claims: [
        'group:default/engineering',
        'group:default/team-b',
        'group:default/team-a',
        'group:default/not-in-the-catalog',
      ],
    });
    await user.click(await screen.findByRole('button', { name: /Owner/ }));
    const options = within(screen.getByRole('listbox')).getAllByRole('option');
    expect(options.map(option => option.textContent)).toEqual([
      'Team A',
      'Team B',
    ]);
    await user.click(options[1]);
    expect(values).toEqual(['group:default/team-b']);
  });

  it('says what to do without groups and without a catalog', async () => {
    renderField(Owner, { claims: ['user:default/dev-a'] });
    expect(
      await screen.findByText(/You are not a member of any group/),
    ).toBeInTheDocument();
    renderField(Owner, { catalog: brokenCatalog() });
    expect(
      await screen.findByText(
        'Your groups could not be read: the catalog is away',
      ),
    ).toBeInTheDocument();
  });

  it('refuses a group of others', async () => {
    expect(await validate(ownerField, undefined)).toEqual([
      'Choose the group that owns the service.',
    ]);
    expect(await validate(ownerField, 'group:default/team-b')).toEqual([
      'You are not a member of group:default/team-b. Choose one of your groups.',
    ]);
    expect(await validate(ownerField, 'group:default/team-a')).toEqual([]);
  });
});

describe('FairwayEnvironments', () => {
  it('keeps the order and the first environment', async () => {
    const user = userEvent.setup();
    const { container, values } = renderField(Environments);
    const boxes = await screen.findAllByRole('checkbox');
    expect(boxes.map(box => box.getAttribute('value'))).toEqual([
      'dev',
      'staging',
      'prod',
    ]);
    expect(boxes[0]).toBeDisabled();
    await user.click(boxes[1]);
    expect(
      screen.getByText('A change will reach prod without staging before it.'),
    ).toBeInTheDocument();
    await user.click(boxes[2]);
    await user.click(boxes[2]);
    await user.click(boxes[1]);
    expect(values).toEqual([
      ['dev', 'staging', 'prod'],
      ['dev', 'prod'],
      ['dev'],
      ['dev', 'prod'],
      ['dev', 'staging', 'prod'],
    ]);
    await expectNoAxeViolations(container);
  });

  it('refuses what is not there', async () => {
    expect(await validate(environmentsField, [])).toEqual([
      'Choose at least dev.',
    ]);
    expect(await validate(environmentsField, ['dev', 'mars'])).toEqual([
      'mars is no environment of this portal.',
    ]);
    expect(await validate(environmentsField, ['dev', 'prod'])).toEqual([]);
  });
});

describe('FairwayExposure', () => {
  it('is closed until somebody opens it', async () => {
    const user = userEvent.setup();
    const { container, values } = renderField(Exposure);
    const [none, gateway, nginx] = await screen.findAllByRole('radio');
    expect(none).toBeChecked();
    await user.click(gateway);
    await user.click(nginx);
    expect(values).toEqual(['none', 'gateway', 'ingress-nginx']);
    await expectNoAxeViolations(container);
  });

  it('refuses another way', async () => {
    expect(await validate(exposureField, 'public')).toEqual([
      'Choose who can reach the service.',
    ]);
    expect(await validate(exposureField, 'gateway')).toEqual([]);
  });
});

it.each([
  ['ServiceName', ServiceName, 'Bad_name', []],
  ['Description', Description, 'x'.repeat(190), []],
  ['Owner', Owner, 'group:default/team-a', ['Team A']],
  ['Environments', Environments, ['dev', 'prod'], ['dev', 'staging', 'prod']],
  ['Exposure', Exposure, 'none', []],
])(
  '%s has no word that is not translated',
  async (_name, Field, formData, data) => {
    const { container } = renderField(Field, {
      formData,
      translation: createPseudoTranslationApi(mockApis.translation()),
    });
    await screen.findAllByText(/⟦/);
    if (Field === Owner) {
      await screen.findAllByText('Team A');
    }
    // Words of the design system, which has no translations.
    expect(
      findRawLiterals(container, {
        data: [...data, 'Required', 'notifications'],
      }),
    ).toEqual([]);
  },
);
