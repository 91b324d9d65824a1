import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'
import { looks } from './looks.ts'

describe('notifications', unless(noBrowser), () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
  })

  test.for(
    looks(
      { theme: 'dark', language: 'en', width: 360, height: 800 },
      { theme: 'light', language: 'en', width: 1440, height: 900 },
    ),
  )('ring the bell at once, lead to the contact, and are read by opening them: %o', async (look) => {
    const shop = await givenWorkspace(server)
    const { contacts, conversations } = shop.owner.client
    const { id: contactId } = await contacts.create({ values: { firstName: 'Luz', lastName: 'Soto' } })
    const { page, faults, context } = await openBrowser(server.url, shop.agent.cookie, look)
    await page.goto(`/w/${shop.id}/inbox`)
    const bell = page.getByRole('button', { name: /Alerts/ })
    await bell.waitFor()
    await conversations.assign({ contactId, memberId: shop.agent.memberId })
    await conversations.addNote({ contactId, text: 'Please call her', mentions: [shop.agent.memberId] })
    await waitFor('two unread', async () => (await bell.textContent())?.includes('2') === true)
    await bell.click()
    const lines = page.getByRole('dialog', { name: 'Notifications' }).getByRole('link')
    await waitFor('both lines', async () => (await lines.count()) === 2)
    expect(await lines.first().textContent()).toContain(
      'Olga Dueñas mentioned you in a note on Luz SotoPlease call her',
    )
    expect(await findViolations(page, '[role=dialog]')).toEqual([])
    expect(await fits(page)).toBe(true)
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}-bell-${look.width}.png` })
    await lines.first().click()
    await page.waitForURL(`**/inbox/${contactId}**`)
    // whoever sees the thread has seen all that it was about, though nothing in it was unread
    await waitFor('both read', async () => (await shop.agent.client.notifications.unread()).count === 0)
    // on a phone the thread has the whole screen
    await waitFor('a silent bell', async () => !(await bell.isVisible()) || (await bell.textContent()) === 'Alerts')
    await conversations.addNote({ contactId, text: 'And again', mentions: [shop.agent.memberId] })
    await page.getByText('And again').waitFor()
    await waitFor('read while it is looked at', async () => {
      const { items } = await shop.agent.client.notifications.list({ limit: 10 })
      return items.length === 3 && items.every(({ isRead }) => isRead)
    })
    expect(faults).toEqual([])
    await context.close()
  })

  test('are told by the browser while nobody looks at the page, for the kinds that are wanted so', async () => {
    const shop = await givenWorkspace(server)
    const { contacts, conversations } = shop.owner.client
    const { id: contactId } = await contacts.create({ values: { firstName: 'Luz', lastName: 'Soto' } })
    await shop.agent.client.notifications.updateSettings({ mention: 'desktop', assigned: 'app' })
    const { page, faults, context } = await openBrowser(server.url, shop.agent.cookie, { language: 'en' })
    // a browser without a screen shows none: what it would show is kept
    await page.addInitScript(() => {
      class Told extends EventTarget {
        static readonly permission = 'granted'
        static readonly all: { title: string; body: string | undefined }[] = []
        constructor(title: string, options?: NotificationOptions) {
          super()
          Told.all.push({ title, body: options?.body })
        }
        close() {}
      }
      Object.assign(window, { Notification: Told })
      document.hasFocus = () => false
    })
    const known = Promise.all(
      ['settings', 'unread'].map((what) => page.waitForResponse(`**/rpc/notifications/${what}`)),
    )
    await page.goto(`/w/${shop.id}/inbox`)
    const bell = page.getByRole('button', { name: /Alerts/ })
    await bell.waitFor()
    await known
    await conversations.assign({ contactId, memberId: shop.agent.memberId })
    await conversations.addNote({ contactId, text: 'Please call her', mentions: [shop.agent.memberId] })
    await waitFor('two unread', async () => (await bell.textContent())?.includes('2') === true)
    const told = () => page.evaluate(() => (window.Notification as unknown as { all: object[] }).all)
    await waitFor('the mention', async () => (await told()).length > 0)
    expect(await told()).toEqual([
      { title: 'Olga Dueñas mentioned you in a note on Luz Soto', body: 'Please call her' },
    ])
    expect(faults).toEqual([])
    await context.close()
  })
})
