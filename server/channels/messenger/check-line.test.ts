import { afterEach, beforeEach, expect, test } from 'vitest'
import { openOutgoing } from '../../http/outgoing.ts'
import { startMessengerDouble, type MessengerDouble } from '../../testing/messenger-double.ts'
import { account, page } from '../../testing/messenger-webhooks.ts'
import { makeInstagram } from '../instagram/adapter.ts'
import { makeMessenger } from './adapter.ts'
import { pageFields } from './check-line.ts'

let double: MessengerDouble
beforeEach(async () => {
  double = await startMessengerDouble()
})
afterEach(() => double.close())

const check = (change: object = {}, webhookUrl: string | null = null) =>
  makeMessenger(openOutgoing({ allowInternal: ['127.0.0.1'] }), double.url).check(
    { ...double.settings, ...change },
    new AbortController().signal,
    { webhookUrl },
  )

test('a page that works says so, step by step, and its app is subscribed to its events', async () => {
  const url = 'https://ficha.example/webhooks/messenger/x'
  double.webhookUrl = url
  double.subscribed = ['feed', 'messages']
  expect(await check({}, url)).toEqual({
    ok: true,
    steps: [
      { step: 'page', ok: true, code: null, detail: page.name },
      ...['permissions', 'subscription', 'webhook'].map((step) => ({ step, ok: true, code: null, detail: null })),
    ],
  })
  // what the app heard of before, it still does
  expect(double.subscribed).toEqual(expect.arrayContaining(['feed', ...pageFields]))
  expect(double.violations).toEqual([])
})

const checkInstagram = (change: object = {}, webhookUrl: string | null = null) =>
  makeInstagram(openOutgoing({ allowInternal: ['127.0.0.1'] }), double.url).check(
    { ...double.instagram, ...change },
    new AbortController().signal,
    { webhookUrl },
  )

test('an Instagram account that works says so, by the page it is linked to; one that is not is found out', async () => {
  double.webhookUrl = 'https://ficha.example/webhooks/instagram/x'
  expect(await checkInstagram({}, double.webhookUrl)).toMatchObject({
    ok: true,
    steps: [
      { step: 'page', detail: page.name },
      { step: 'instagramAccount', detail: `@${account.username}` },
      { step: 'permissions' },
      { step: 'subscription' },
      { step: 'webhook' },
    ],
  })
  expect(double.subscribed).toEqual(['feed'])
  expect((await checkInstagram({ instagramId: '88888888' })).steps.at(-1)).toMatchObject({
    step: 'instagramAccount',
    code: 'instagram-elsewhere',
    detail: account.id,
  })
  double.scopes = ['pages_messaging', 'pages_manage_metadata']
  expect((await checkInstagram()).steps.at(-1)).toMatchObject({
    detail: 'instagram_basic, instagram_manage_messages',
  })
})

test.each([
  ['a wrong token', { accessToken: 'EAABwrong' }, 'token-expired'],
  ['another app’s secret', { appSecret: 'not-the-one' }, 'app-secret-wrong'],
  ['a page that is not there', { pageId: '99999999' }, 'page-unknown'],
])('%s is found out', async (_name, change, code) => {
  expect(await check(change)).toMatchObject({ ok: false, steps: [{ step: 'page', ok: false, code }] })
})

test('missing permissions are named, and so is a token that is not the page’s own', async () => {
  double.scopes = ['pages_messaging']
  expect((await check()).steps.at(-1)).toMatchObject({ code: 'not-permitted', detail: 'pages_manage_metadata' })
  double.scopes = ['pages_messaging', 'pages_manage_metadata']
  double.profileId = '42424242'
  expect((await check()).steps.at(-1)).toMatchObject({ step: 'permissions', code: 'token-of-another' })
})

test('webhooks that go elsewhere, or nowhere, are found out', async () => {
  const here = 'https://here.example/x'
  expect((await check({}, here)).steps.at(-1)).toMatchObject({ step: 'webhook', code: 'webhook-missing' })
  double.webhookUrl = 'https://elsewhere.example/x'
  expect((await check({}, here)).steps.at(-1)).toMatchObject({ code: 'webhook-elsewhere', detail: double.webhookUrl })
})
