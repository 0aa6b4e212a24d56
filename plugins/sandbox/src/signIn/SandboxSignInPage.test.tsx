// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import {
  configApiRef,
  translationApiRef,
  type IdentityApi,
  type TranslationApi,
} from '@backstage/frontend-plugin-api';
import {
  TestApiProvider,
  mockApis,
  renderInTestApp,
} from '@backstage/frontend-test-utils';
import {
  createPseudoTranslationApi,
  findRawLiterals,
} from '@fairway/plugin-delivery-react/testing';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import { SandboxSignInPage } from './SandboxSignInPage';

expect.extend(toHaveNoViolations);

const PERSONAS = [
  {
    name: 'dev-a',
    title: 'Alex',
    role: 'Developer in team-a',
    sees: 'The services of team-a',
  },
  { name: 'platform-a', title: 'Pat', role: 'Platform engineer', sees: 'All' },
];

function token() {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return `h.${btoa(JSON.stringify({ exp }))}.s`;
}

function session(name: string) {
  return Response.json({
    profile: { displayName: name },
    backstageIdentity: {
      token: token(),
      identity: {
        type: 'user',
        userEntityRef: `user:default/${name}`,
        ownershipEntityRefs: [`user:default/${name}`],
      },
    },
  });
}

function refusal(status: number, name: string, message: string) {
  return Response.json(
    { error: { name, message }, response: { statusCode: status } },
    { status },
  );
}

/** Answers the sign-in requests, one after the other; the last one stays. */
function answering(...answers: Array<() => Response>) {
  const asked: Array<[string, string | null]> = [];
  jest.spyOn(global, 'fetch').mockImplementation(async (input, init) => {
    const headers = new Headers(init?.headers);
    asked.push([String(input), headers.get('x-fairway-persona')]);
    const answer = answers.length > 1 ? answers.shift()! : answers[0];
    return answer();
  });
  return asked;
}

function renderSignIn(options?: {
  personas?: object[];
  translation?: TranslationApi;
}) {
  const { personas = PERSONAS, translation = mockApis.translation() } =
    options ?? {};
  const signedIn = jest.fn<void, [IdentityApi]>();
  const data = {
    backend: { baseUrl: 'http://localhost:7007' },
    fairway: { sandbox: { enabled: true, personas } },
  };
  const rendered = renderInTestApp(
    <TestApiProvider
      apis={[
        [configApiRef, mockApis.config({ data })],
        [translationApiRef, translation],
      ]}
    >
      <SandboxSignInPage onSignInSuccess={signedIn} />
    </TestApiProvider>,
  );
  return { ...rendered, signedIn };
}

afterEach(() => {
  sessionStorage.clear();
  jest.restoreAllMocks();
});

describe('SandboxSignInPage', () => {
  it('offers the personas and signs in as the chosen one', async () => {
    const asked = answering(() => session('platform-a'));
    const { container, signedIn } = renderSignIn();

    const buttons = await screen.findAllByRole('button');
    expect(buttons.map(button => button.textContent)).toEqual([
      'AAlex Developer in team-a The services of team-a',
      'PPat Platform engineer All',
    ]);
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();

    await userEvent.click(buttons[1]);
    await waitFor(() => expect(signedIn).toHaveBeenCalledTimes(1));
    expect(asked).toEqual([
      [expect.stringMatching(/\/api\/auth\/sandbox\/refresh$/), 'platform-a'],
    ]);
    const [identity] = signedIn.mock.calls[0];
    expect(await identity.getBackstageIdentity()).toEqual({
      type: 'user',
      userEntityRef: 'user:default/platform-a',
      ownershipEntityRefs: ['user:default/platform-a'],
    });
    expect(await identity.getProfileInfo()).toEqual({
      displayName: 'platform-a',
    });
    expect((await identity.getCredentials()).token).toMatch(/^h\./);
  });

  it('remembers the choice for the tab until sign-out', async () => {
    answering(() => session('dev-a'));
    const first = renderSignIn();
    await userEvent.click(await screen.findByRole('button', { name: /Alex/ }));
    await waitFor(() => expect(first.signedIn).toHaveBeenCalled());
    first.unmount();

    const second = renderSignIn();
    await waitFor(() => expect(second.signedIn).toHaveBeenCalled());
    second.unmount();

    await second.signedIn.mock.calls[0][0].signOut();
    const third = renderSignIn();
    expect(
      await screen.findByRole('button', { name: /Alex/ }),
    ).toBeInTheDocument();
    expect(third.signedIn).not.toHaveBeenCalled();
  });

  it('waits for a portal that is still reading its people', async () => {
    const asked = answering(
      () => refusal(404, 'NotFoundError', 'There is no user'),
      () => refusal(503, 'ServiceUnavailableError', 'still linking'),
      () => session('dev-a'),
    );
    const { signedIn } = renderSignIn();
    await userEvent.click(await screen.findByRole('button', { name: /Alex/ }));
    expect(
      await screen.findByText(/still reading who works here/),
    ).toBeInTheDocument();
    await waitFor(() => expect(signedIn).toHaveBeenCalled(), {
      timeout: 10_000,
    });
    expect(asked).toHaveLength(3);
  });

  it('says why it failed and lets one choose again', async () => {
    answering(() => refusal(403, 'NotAllowedError', 'is no persona'));
    const { container } = renderSignIn();
    await userEvent.click(await screen.findByRole('button', { name: /Alex/ }));

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You could not be signed in as Alex');
    expect(alert).toHaveTextContent('is no persona');
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();

    await userEvent.click(
      screen.getByRole('button', { name: 'Choose somebody else' }),
    );
    expect(screen.getByRole('button', { name: /Pat/ })).toBeInTheDocument();
    expect(sessionStorage).toHaveLength(0);
  });

  it('says what is missing when there are no personas', async () => {
    renderSignIn({ personas: [] });
    expect(
      await screen.findByRole('heading', { name: 'There is nobody to be' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/fairway\.sandbox\.personas/)).toBeInTheDocument();
  });

  it('has no word that is not translated', async () => {
    renderSignIn({
      translation: createPseudoTranslationApi(mockApis.translation()),
    });
    await screen.findAllByRole('button');
    const data = PERSONAS.flatMap(({ title, role, sees }) => [
      title,
      role,
      sees,
      title[0],
    ]);
    expect(
      findRawLiterals(screen.getByRole('main'), {
        // The name of the product is the same in every language.
        data: [...data, 'fair', 'way'],
      }),
    ).toEqual([]);
  });
});
