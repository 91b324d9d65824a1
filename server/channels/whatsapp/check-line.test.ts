import { afterEach, beforeEach, expect, test } from 'vitest'
import { openOutgoing } from '../../http/outgoing.ts'
import { startWhatsappDouble, type WhatsappDouble } from '../../testing/whatsapp-double.ts'
import { makeWhatsapp } from './adapter.ts'

let double: WhatsappDouble
beforeEach(async () => {
  double = await startWhatsappDouble()
})
afterEach(() => double.close())

const check = (change: object = {}, webhookUrl: string | null = null) =>
  makeWhatsapp(openOutgoing({ allowInternal: ['127.0.0.1'] }), double.url).check(
    { ...double.settings, ...change },
    new AbortController().signal,
    { webhookUrl },
  )

test('a line that works says so, step by step', async () => {
  double.webhookUrl = 'https://ficha.example/webhooks/whatsapp/x'
  expect(await check({}, 'https://ficha.example/webhooks/whatsapp/x')).toEqual({
    ok: true,
    steps: [
      { step: 'phoneNumber', ok: true, code: null, detail: '+1 555-078-3881 · Lucky Shrub' },
      ...['account', 'permissions', 'subscription', 'webhook'].map((step) => ({
        step,
        ok: true,
        code: null,
        detail: null,
      })),
    ],
  })
  expect(double.violations).toEqual([])
})

test.each([
  ['a wrong token', { accessToken: 'EAABwrong' }, 'phoneNumber', 'token-expired'],
  ['another app’s secret', { appSecret: 'not-the-one' }, 'phoneNumber', 'app-secret-wrong'],
  ['a number that is not there', { phoneNumberId: '99999999' }, 'phoneNumber', 'number-unknown'],
  ['an account that is not there', { businessAccountId: '99999999' }, 'account', 'number-unknown'],
])('%s is found out', async (_name, change, step, code) => {
  const { ok, steps } = await check(change)
  expect(ok).toBe(false)
  expect(steps.at(-1)).toMatchObject({ step, ok: false, code })
})

test('missing permissions are named', async () => {
  double.scopes = ['whatsapp_business_messaging']
  expect((await check()).steps.at(-1)).toMatchObject({
    step: 'permissions',
    code: 'not-permitted',
    detail: 'whatsapp_business_management',
  })
})

test('an app that was not subscribed to the account is subscribed', async () => {
  double.subscribed = false
  expect((await check()).ok).toBe(true)
  expect(double.subscribed).toBe(true)
})

test('webhooks that go elsewhere, or nowhere, are found out', async () => {
  expect((await check({}, 'https://here.example/x')).steps.at(-1)).toMatchObject({
    step: 'webhook',
    code: 'webhook-missing',
  })
  double.webhookUrl = 'https://elsewhere.example/x'
  expect((await check({}, 'https://here.example/x')).steps.at(-1)).toMatchObject({
    code: 'webhook-elsewhere',
    detail: 'https://elsewhere.example/x',
  })
})

test('a provider that is not there is said to be unreachable', async () => {
  await double.close()
  expect(await check()).toMatchObject({ ok: false, steps: [{ step: 'phoneNumber', code: 'unreachable' }] })
  double = await startWhatsappDouble()
})
