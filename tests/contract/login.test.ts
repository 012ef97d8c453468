/** Who a browser or a client is to the embedded Rancher. */
import { expect, test } from 'vitest';

import { at, errorOf, useRancher, type Client } from './target';

const rancher = useRancher();

async function whoAmI(of: Client, headers: Record<string, string> = {}): Promise<unknown> {
  return at((await of.send('POST', '/v1/ext.cattle.io.selfusers', {}, headers)).body, 'status', 'userID');
}

test('without a cookie or a token one is the administrator', async () => {
  expect(await whoAmI(rancher.anonymous())).toBe(await whoAmI(rancher.as('admin')));
});

test.each(['admin', 'standard', 'readonly'] as const)('/demo/login/%s makes a browser that user', async (user) => {
  const answer = await rancher.anonymous().get(`/demo/login/${ user }`);
  const cookie = answer.headers.get('set-cookie') ?? '';

  expect(answer).toMatchObject({ status: 302 });
  expect(answer.headers.get('location')).toBe('/');
  expect(cookie).toMatch(new RegExp(`^R_SESS=${ user }; `));
  expect(await whoAmI(rancher.anonymous(), { cookie: cookie.split(';')[0] ?? '' })).toBe(await whoAmI(rancher.as(user)));
});

test('/demo/login/<nobody> says which users there are', async () => {
  expect(await rancher.anonymous().get('/demo/login/nobody')).toMatchObject({
    status: 404, text: 'There is no user "nobody" in this demo. Users: admin, standard, readonly.\n'
  });
});

test('an unknown token is refused by every API', async () => {
  for (const path of ['/v1/schemas', '/v1/management.cattle.io.settings', '/v1/subscribe', '/v3/principals', '/v3/schemas', '/v1-rke2-release/releases', '/k8s/clusters/local/v1/schemas']) {
    const answer = await rancher.anonymous().get(path, { authorization: 'Bearer nobody' });

    expect([path, errorOf(answer)]).toEqual([path, { status: 401, type: 'error', code: 'Unauthorized', message: 'must authenticate' }]);
    expect(answer.headers.get('x-api-cattle-auth')).toBe('false');
  }
});

test('every answer to a user says that they are logged in', async () => {
  for (const path of ['/v1/schemas', '/v1/nonsense', '/v3/principals', '/v3/nonsense', '/v1/uiplugins', '/rancherversion', '/nowhere']) {
    expect([path, (await rancher.as('readonly').get(path)).headers.get('x-api-cattle-auth')]).toEqual([path, 'true']);
  }
});

test('the user object of who one is can be read', async () => {
  for (const user of ['admin', 'standard', 'readonly'] as const) {
    const me = rancher.as(user);

    expect(at((await me.get(`/v1/management.cattle.io.users/${ String(await whoAmI(me)) }`)).body, 'username')).toBe(user);
  }
});
