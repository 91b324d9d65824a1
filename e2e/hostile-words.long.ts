import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { givenMailLine, mailProgram, mailSettings, waitForMails } from '../server/channels/email/testing.ts'
import { givenMember, givenWorkspace, type GivenMember } from '../server/testing/given.ts'
import { freePort } from '../server/testing/mail-imap.ts'
import { startSmtpDouble, type SmtpDouble } from '../server/testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../server/testing/test-server.ts'
import { unless } from '../server/testing/unless.ts'
import { closeBrowser, noBrowser, openBrowser } from './browser.ts'

/** Says which place it ran in, if it runs. */
const markup = (place: string) =>
  `${place}<img src=x onerror="window.ran='${place}'"><script>window.ran='${place}'</script>"'><svg onload=window.ran=1>`
const links = (place: string) =>
  `http://x.example/"onmouseover="window.ran='${place}' javascript:window.ran='${place}' data:text/html,<script>1</script>`

describe('words that are markup', unless(noBrowser), () => {
  let server: TestServer
  let smtp: SmtpDouble
  let owner: GivenMember
  let workspaceId: number
  let contactId: number
  let invitation: string
  const ends: (() => Promise<void>)[] = []

  beforeAll(async () => {
    smtp = await startSmtpDouble()
    const port = await freePort()
    server = await startTestServer({ config: { smtpListen: { host: '127.0.0.1', port } } })
    workspaceId = (await givenWorkspace(server)).id
    owner = await givenMember(server, workspaceId, { role: 'owner', name: markup('mem').slice(0, 80) })
    const { client } = owner
    await client.workspaces.update({ name: markup('work').slice(0, 80) })
    await client.teams.create({ name: markup('team').slice(0, 60) })
    const address = 'ventas@tienda.example'
    const line = await givenMailLine(owner, mailSettings(smtp, { address }))
    await client.channels.update({ channelId: line.id, name: markup('line').slice(0, 60) })
    await mailProgram(port).sendMail({
      from: { name: markup('from'), address: 'ana@example.com' },
      to: [address, { name: markup('to'), address: 'to@example.com' }],
      cc: { name: markup('cc'), address: 'cc@example.com' },
      subject: markup('subject'),
      text: `${markup('text')}\n${links('link')}\n\nOn Monday, Ana <ana@example.com> wrote:\n> ${markup('quoted')}`,
      attachments: [{ filename: `${markup('file')}.txt`, content: 'x' }],
    })
    contactId = (await waitForMails(owner, 'ana@example.com')).contact.id
    await client.contacts.update({
      contactId,
      values: { firstName: markup('first').slice(0, 100), lastName: markup('last').slice(0, 100) },
    })
    const { memberId } = owner
    await client.conversations.assign({ contactId, memberId })
    await client.conversations.addNote({ contactId, text: `@${owner.name} ${markup('note')}`, mentions: [memberId] })
    await client.conversations.close({
      contactId,
      category: markup('category').slice(0, 128),
      summary: markup('summary'),
    })
    await client.conversations.open({ contactId })
    const email = 'nueva@example.com'
    const { link } = await client.invitations.create({ email, role: 'agent', restrictions: [], teamId: null })
    invitation = new URL(link!).pathname + new URL(link!).hash
  })
  afterEach(async () => {
    for (const end of ends.splice(0)) await end()
  })
  afterAll(async () => {
    await closeBrowser()
    await server.close()
    await smtp.close()
  })

  async function open(path: string, cookie: string | null = owner.cookie): Promise<{ page: Page; faults: string[] }> {
    const { page, faults, context } = await openBrowser(server.url, cookie, { language: 'en' })
    ends.push(() => context.close())
    page.on('dialog', (dialog) => void dialog.dismiss().then(() => faults.push('a dialog opened')))
    await page.goto(path)
    return { page, faults }
  }

  /** What ran, what was made of the words, what a page was kept from, what the console has to say. */
  async function madeOfWords({ page, faults }: { page: Page; faults: string[] }): Promise<unknown[]> {
    const { ran, made } = await page.evaluate(() => ({
      ran: (window as { ran?: string }).ran ?? null,
      made: [
        ...document.querySelectorAll(
          '[onerror], [onload], [onmouseover], img[src="x"], body script:not([src]), a[href^="javascript:" i], a[href^="data:" i]',
        ),
      ].map((element) => element.outerHTML),
    }))
    return [...(ran === null ? [] : [ran]), ...made, ...faults]
  }

  test('stay words in the list, the thread, the record and the title', async () => {
    const opened = await open(`/w/${workspaceId}/inbox/${contactId}?view=all`)
    const { page } = opened
    const thread = page.getByRole('log', { name: 'Messages' })
    for (const place of ['subject', 'text', 'note', 'category'])
      await thread.getByText(`${place}<img src=x`).first().waitFor()
    await page.getByText('first<img src=x').first().waitFor()
    // a file's name is cleaned when it comes
    await thread.getByText('svg onload=window.ran=1_.txt').first().waitFor()
    await thread.getByText('Quoted text').click()
    await thread.getByText('quoted<img').waitFor()
    for (const link of await thread.getByRole('link').all()) {
      expect((await link.getAttribute('href')) ?? '').toMatch(/^(https?:\/\/|\/)/)
      await link.hover({ force: true })
    }
    expect(await madeOfWords(opened)).toEqual([])
  })

  test.each([
    ['the contacts', 'contacts', 'first<img'],
    ['the record', 'contacts/ID', 'first<img'],
    ['the members', 'settings/members', 'mem<img'],
    ['the channels', 'settings/channels', 'line<img'],
  ])('stay words among %s', async (_name, path, words) => {
    const opened = await open(`/w/${workspaceId}/${path.replace('ID', String(contactId))}`)
    await opened.page.getByText(words).first().waitFor()
    expect(await madeOfWords(opened)).toEqual([])
  })

  test('stay words in front of somebody invited', async () => {
    const opened = await open(invitation, null)
    await opened.page.getByText('work<img').first().waitFor()
    expect(await madeOfWords(opened)).toEqual([])
  })
})
