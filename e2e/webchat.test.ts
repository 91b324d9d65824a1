import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChannelDetails } from '#contract/channels.ts'
import { givenWebchat } from '../server/testing/given-channel.ts'
import { givenWorkspace } from '../server/testing/given.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import { signIdentity } from '../server/testing/webchat-visitor.ts'
import { closeBrowser, noBrowser, openBrowser, type Look } from './browser.ts'
import { findViolations } from './find-violations.ts'
import { fits } from './fits.ts'

/** A shop's own website, on an origin of its own, with a strict policy against what is not its own. */
async function startSite(): Promise<{ url: string; html: string; policy: string; close: () => Promise<void> }> {
  const site = { url: '', html: '', policy: '', close: async () => {} }
  const server = createServer((_request, reply) => {
    reply.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': site.policy })
    reply.end(site.html)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  site.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  site.close = () => new Promise((done) => void server.close(() => done()))
  return site
}

describe('the chat on a website', unless(noBrowser), () => {
  let server: TestServer
  let site: Awaited<ReturnType<typeof startSite>>
  let shop: Awaited<ReturnType<typeof givenWorkspace>>
  let channel: ChannelDetails
  const ends: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    server = await startTestServer()
    site = await startSite()
    shop = await givenWorkspace(server)
    channel = await givenWebchat(shop.owner, site.url, { welcome: '¡Hola! ¿En qué podemos ayudarte?' })
    site.policy = `default-src 'self'; script-src ${server.url}; connect-src ${server.url}; img-src ${server.url}; style-src 'none'`
    site.html = `<!doctype html><html lang="es"><title>Mesas de nogal</title><main><h1>Mesas</h1></main>
      <script async src="${server.url}/widget.js" data-channel="${channel.setup.channelId}"></script></html>`
  })
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await site.close()
  })

  async function visit(look: Look) {
    const { page, faults, context } = await openBrowser(site.url, null, look)
    ends.push(() => context.close())
    await page.goto(`${site.url}/mesas?token=geheim#x`)
    return { page, faults }
  }
  const launcher = (page: Page) => page.getByRole('button', { name: /^(Abrir el chat|Open the chat)/ })
  const field = (page: Page) => page.getByRole('textbox', { name: /^(Escribe un mensaje|Write a message)$/ })
  const log = (page: Page) => page.getByRole('log')
  const identify = (page: Page, word: string) =>
    page.evaluate(
      (one) => (window as unknown as { FichaChat: { identify(word: string): void } }).FichaChat.identify(one),
      word,
    )

  test('is less than 30 kB on the way', async () => {
    const script = await fetch(`${server.url}/widget.js`)
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(gzipSync(Buffer.from(await script.arrayBuffer())).length).toBeLessThan(30_000)
  })

  test('takes a visitor’s words to the Inbox and an agent’s back, through a reload and a cut line, once each and in order', async () => {
    const visitor = await visit({ language: 'es' })
    const { page } = visitor
    await launcher(page).click()
    await waitFor('the caret in the field', () =>
      field(page).evaluate((one) => one === (one.getRootNode() as ShadowRoot).activeElement),
    )
    await log(page).getByText('¡Hola! ¿En qué podemos ayudarte?').waitFor()
    expect(await findViolations(page, '#ficha-chat')).toEqual([])
    await field(page).fill('¿Tienen mesas de nogal?')
    await page.keyboard.press('Enter')

    const agent = await openBrowser(server.url, shop.agent.cookie, { language: 'en' })
    ends.push(() => agent.context.close())
    await agent.page.goto(`/w/${shop.id}/inbox?view=all`)
    await agent.page.getByRole('link', { name: /^Visitante / }).click()
    const thread = agent.page.getByRole('log', { name: 'Messages' })
    await thread.getByText('¿Tienen mesas de nogal?').waitFor()
    // the page, without what stands behind it in its address
    expect(await thread.getByRole('link', { name: 'Mesas de nogal' }).getAttribute('href')).toBe(`${site.url}/mesas`)
    await agent.page
      .getByRole('textbox', { name: 'Message', exact: true })
      .fill('Sí, dos: https://tienda.example/nogal')
    await agent.page.keyboard.press('Control+Enter')
    await log(page).getByText('Sí, dos:').waitFor()
    expect(await log(page).getByRole('link').getAttribute('href')).toBe('https://tienda.example/nogal')
    await thread.getByText('Read', { exact: true }).waitFor()

    // what is written without a network waits, also through a reload
    await page.context().setOffline(true)
    for (const words of ['Quiero una', 'La grande']) {
      await field(page).fill(words)
      await page.keyboard.press('Enter')
    }
    await log(page).getByText('Enviando …').first().waitFor()
    await page.context().setOffline(false)
    await page.reload()
    await thread.getByText('La grande').waitFor()
    await log(page).getByText('La grande').waitFor()
    await agent.page.getByRole('textbox', { name: 'Message', exact: true }).fill('Apuntada')
    await agent.page.keyboard.press('Control+Enter')
    await log(page).getByText('Apuntada').waitFor()
    const said = await log(page).locator('.words').allTextContents()
    expect(said).toEqual([
      '¿Tienen mesas de nogal?',
      'Sí, dos: https://tienda.example/nogal',
      'Quiero una',
      'La grande',
      'Apuntada',
    ])
    const { items } = await shop.owner.client.conversations.list({ view: 'all' })
    const all = await shop.owner.client.conversations.thread({ contactId: items[0]!.contactId, limit: 100 })
    expect(all.items.filter((item) => item.type === 'message')).toHaveLength(5)
    // after a reload the keyboard is the page's, until the chat is entered
    await field(page).press('Escape')
    await launcher(page).waitFor()
    expect(visitor.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault))).toEqual([])
    expect(agent.faults).toEqual([])
  })

  test('knows on a phone whom the site vouches for, tells of what is new, and forgets them when they sign out', async () => {
    const visitor = await visit({ language: 'en', width: 390, height: 844, theme: 'dark' })
    const { page } = visitor
    await launcher(page).waitFor()
    const exp = Math.floor(Date.now() / 1000) + 600
    const token = signIdentity(channel.setup.identitySecret!, { sub: '42', name: 'Ximena Robles', exp })
    await identify(page, token)
    await launcher(page).click()
    await field(page).fill('Hi there')
    await page.keyboard.press('Enter')
    expect(await fits(page)).toBe(true)
    const { contactId } = await waitFor('the contact', async () => {
      const { items } = await shop.owner.client.conversations.list({ view: 'all' })
      return items.find(({ displayName }) => displayName === 'Ximena Robles')
    })
    await page.getByRole('button', { name: 'Close the chat' }).click()
    await shop.agent.client.conversations.send({ contactId, body: { type: 'text', text: 'Hello Ximena' } })
    await page.getByRole('button', { name: 'Open the chat: one new message' }).click()
    await log(page).getByText('Hello Ximena').waitFor()
    expect(await findViolations(page, '#ficha-chat')).toEqual([])

    // what waits to be sent outlives a page that says again who is there
    await page.route('**/messages', (route) => route.abort())
    await field(page).fill('Still there?')
    await page.keyboard.press('Enter')
    await log(page).getByText('Sending …').waitFor()
    await page.reload()
    const begun = page.waitForResponse((answer) => answer.request().postData()?.includes(token) === true)
    await identify(page, token)
    await begun
    await log(page).getByText('Hello Ximena').waitFor()
    await page.unroute('**/messages')
    await waitFor('the words', async () => {
      const { items } = await shop.owner.client.conversations.thread({ contactId, limit: 10 })
      return JSON.stringify(items).includes('Still there?')
    })
    expect(visitor.faults.splice(0).filter((fault) => !/ERR_FAILED/.test(fault))).toEqual([])
    await page.evaluate(() => (window as unknown as { FichaChat: { signOut(): void } }).FichaChat.signOut())
    await launcher(page).click()
    await log(page).getByText('Hello Ximena').waitFor({ state: 'detached' })
    expect(visitor.faults).toEqual([])
  })

  test('takes a file to the Inbox, and refuses one that runs; who has written is told when the chat is paused', async () => {
    const { page, faults } = await visit({ language: 'es' })
    await launcher(page).click()
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
    const chooser = page.locator('input[type=file]')
    await chooser.setInputFiles([{ name: 'mesa.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') }])
    await log(page).getByRole('link', { name: 'mesa.png' }).waitFor()
    await chooser.setInputFiles([
      { name: 'a.html', mimeType: 'text/html', buffer: Buffer.from('<html><script>1</script>') },
    ])
    await log(page).getByText('Aquí no se aceptan archivos de este tipo.').waitFor()
    // pictures are linked by the server's own address, of which a test knows no port
    const own = () => faults.splice(0).filter((fault) => !fault.includes('127.0.0.1:0/'))
    expect(own()).toEqual([expect.stringContaining('400')])
    const agent = await openBrowser(server.url, shop.agent.cookie, { language: 'en' })
    ends.push(() => agent.context.close())
    const { items } = await shop.owner.client.conversations.list({ view: 'all' })
    await agent.page.goto(`/w/${shop.id}/inbox/${items[0]!.contactId}?view=all`)
    const thread = agent.page.getByRole('log', { name: 'Messages' })
    await thread.getByRole('link', { name: 'Open mesa.png' }).waitFor()

    await shop.owner.client.channels.pause({ channelId: channel.id })
    await agent.page.getByRole('status').filter({ hasText: 'This channel is paused.' }).waitFor()
    await page.reload()
    await page.getByText('El chat está en pausa por el momento.').waitFor()
    expect(await field(page).isDisabled()).toBe(true)
    expect(await findViolations(page, '#ficha-chat')).toEqual([])
    await shop.owner.client.channels.resume({ channelId: channel.id })
    await page.reload()
    await field(page).fill('Gracias')
    await page.keyboard.press('Enter')
    await thread.getByText('Gracias').waitFor()
    expect([...own(), ...agent.faults]).toEqual([])
  })

  test('sends a file that was not up yet when the page was left or the line was cut, once, and nobody else’s', async () => {
    const { page } = await visit({ language: 'es' })
    await launcher(page).click()
    const chooser = page.locator('input[type=file]')
    const choose = (name: string) =>
      chooser.setInputFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from(`medidas ${name}`) }])
    const files = async () => {
      const { items } = await shop.owner.client.conversations.list({ view: 'all', q: '' })
      const threads = await Promise.all(
        items.map(({ contactId }) => shop.owner.client.conversations.thread({ contactId })),
      )
      return threads.flatMap(({ items: lines }) =>
        lines.flatMap((line) => (line.type === 'message' ? line.message.attachments.map(({ name }) => name) : [])),
      )
    }
    const sent = (name: string) => waitFor(name, async () => (await files()).includes(name))
    await page.route('**/files', (route) => route.abort())
    await choose('primero.txt')
    await choose('segundo.txt')
    await log(page).getByText('Enviando …').first().waitFor()
    await page.reload()
    await log(page).getByText('segundo.txt').waitFor()
    await page.unroute('**/files')
    await page.reload()
    await log(page).getByRole('link', { name: 'primero.txt' }).waitFor()
    await log(page).getByRole('link', { name: 'segundo.txt' }).waitFor()
    await sent('segundo.txt')

    // it came, and nobody heard so
    const taken = Promise.withResolvers<void>()
    await page.route('**/files', async (route) => {
      await route.fetch()
      taken.resolve()
    })
    await choose('tercero.txt')
    await taken.promise
    await page.unroute('**/files')
    await page.reload()
    await log(page).getByRole('link', { name: 'tercero.txt' }).waitFor()
    await sent('tercero.txt')
    await log(page).getByText('Enviando …').waitFor({ state: 'detached' })

    await page.route('**/files', (route) => route.abort())
    await choose('ajeno.txt')
    await log(page).getByText('ajeno.txt').waitFor()
    await page.evaluate(() => (window as unknown as { FichaChat: { signOut(): void } }).FichaChat.signOut())
    await log(page).getByText('ajeno.txt').waitFor({ state: 'detached' })
    await page.unroute('**/files')
    await page.reload()
    await choose('último.txt')
    await sent('último.txt')
    expect((await files()).filter((name) => /primero|segundo|tercero|ajeno/.test(name)).toSorted()).toEqual([
      'primero.txt',
      'segundo.txt',
      'tercero.txt',
    ])
  })

  test('is connected in the settings after a look at the site, and its code found there once it is pasted', async () => {
    const { page, faults, context } = await openBrowser(server.url, shop.owner.cookie, { language: 'en' })
    ends.push(() => context.close())
    await page.goto(`/w/${shop.id}/settings/channels`)
    await page.getByRole('link', { name: 'Website chat' }).click()
    await page.getByLabel('Your websites').fill('tienda:mesas')
    await page.getByLabel('Heading').fill('Mesas López')
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.locator('textarea[name=origins]:focus').fill(site.url)
    expect(faults.splice(0)).toEqual([expect.stringContaining('400')])
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText(`There is a website at ${site.url}`).waitFor()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.getByRole('heading', { name: 'What to put into your website' }).waitFor()
    expect(await findViolations(page, 'main')).toEqual([])
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('The code is not on the first page of this website.').waitFor()
    // the server learns its port only when it listens; of the code it shows, all else is as pasted
    const code = (await page.locator('code', { hasText: '<script' }).textContent())!
    const { html } = site
    site.html = code.replace(/"http[^"]*\/widget/, `"${server.url}/widget`)
    ends.push(async () => void (site.html = html))
    await page.getByRole('button', { name: 'Test this' }).click()
    await page.getByText('It works.').waitFor()
    const visitor = await visit({ language: 'en' })
    await launcher(visitor.page).click()
    await visitor.page.getByRole('heading', { name: 'Mesas López' }).waitFor()
    expect([...visitor.faults, ...faults]).toEqual([])
  })
})
