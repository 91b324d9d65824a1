import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { givenMailLine, mailSettings } from '../channels/email/testing.ts'
import { unsubscribeUrl } from '../channels/unsubscribe-link.ts'
import type { Client } from '../testing/client.ts'
import { givenWorkspace } from '../testing/given.ts'
import { startSmtpDouble, type SmtpDouble } from '../testing/mail-smtp.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { endsOf, givenWorkflow } from '../workflows/testing.ts'

const publicUrl = 'https://ficha.example'
let server: TestServer
let smtp: SmtpDouble
let client: Client
let contactId: number
let channelId: number
let workflowId: number
let workspaceId: number

beforeAll(async () => {
  smtp = await startSmtpDouble()
  server = await startTestServer({ config: { publicUrl } })
})
beforeEach(async () => {
  smtp.mails.length = 0
  const { owner, id } = await givenWorkspace(server)
  ;({ client } = owner)
  workspaceId = id
  channelId = (await givenMailLine(owner, mailSettings(smtp))).id
  contactId = (await client.contacts.create({ values: { firstName: 'Ana', email: 'ana@example.com' } })).id
  const send = {
    id: 'envia',
    kind: 'send',
    channelId,
    body: { type: 'text', text: 'Oferta', subject: 'Oferta' },
  } as const
  workflowId = await givenWorkflow(client, { triggers: [{ kind: 'manual' }], steps: [send] })
})
afterAll(async () => {
  await server.close()
  await smtp.close()
})

const header = (raw: string, name: string) =>
  new RegExp(`^${name}: ((?:.|\\r\\n[ \\t])*?)\\r\\n(?![ \\t])`, 'mi').exec(raw)?.[1]?.replace(/\r\n[ \t]/g, '') ?? null
const optOuts = async () => (await client.contacts.get({ contactId })).optOuts
const start = () => client.workflows.start({ workflowId, contactId })
/** The address that a mail of the workflow's names. */
async function sentLink(): Promise<string> {
  await start()
  const { raw } = await waitFor('the mail', () => smtp.mails[0])
  return header(raw, 'List-Unsubscribe')!.slice(1, -1).replace(publicUrl, server.url)
}
const press = (url: string, body = 'List-Unsubscribe=One-Click', type = 'application/x-www-form-urlencoded') =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': type }, redirect: 'error' })

test('a mail of a workflow can be unsubscribed from with one press; what a person writes names no such thing', async () => {
  await start()
  const { raw } = await waitFor('the mail', () => smtp.mails[0])
  expect(header(raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
  expect(header(raw, 'List-Unsubscribe')).toMatch(
    /^<https:\/\/ficha\.example\/unsubscribe\/[0-9a-z]+\.[0-9a-z]+\.[\w-]{43}>$/,
  )
  await client.conversations.send({ contactId, channelId, body: { type: 'text', text: 'Hola, Ana' } })
  const own = await waitFor('the answer', () => smtp.mails[1])
  expect(own.raw).not.toMatch(/^List-/im)
})

test('pressed once or ten times, no workflow sends mails any more, and a person still answers', async () => {
  const link = await sentLink()
  // whoever only looks, a person or a program, has pressed nothing
  for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200)
  expect(await optOuts()).toEqual([])
  for (const answer of await Promise.all(Array.from({ length: 10 }, () => press(link)))) {
    expect([answer.status, answer.redirected]).toEqual([200, false])
    expect(await answer.text()).toContain('You are unsubscribed')
  }
  expect(await optOuts()).toMatchObject([{ channelId, scope: 'marketing', source: 'contact' }])
  const told = async () =>
    (await client.activity.ofContact({ contactId, group: 'channels' })).items.filter(({ kind }) => kind === 'optedOut')
  expect(await told()).toMatchObject([{ actor: { type: 'contact' }, data: { channelId, marketing: true } }])
  await start()
  expect((await endsOf(client, contactId, 2))[0]).toBe('finished')
  const [run] = (await client.workflows.runsOfContact({ contactId })).items
  expect((await client.workflows.run({ runId: run!.id })).steps).toMatchObject([{ reason: 'unsubscribed' }])
  await client.conversations.send({ contactId, channelId, body: { type: 'text', text: 'Hola, Ana' } })
  await waitFor('the answer', () => smtp.mails[1])
  expect(smtp.mails).toHaveLength(2)

  // by mistake: the page takes it back, as often as it is pressed
  for (let round = 0; round < 2; round++)
    expect(await (await press(link, 'again=yes')).text()).toContain('You get them again')
  expect(await optOuts()).toEqual([])
  // a member's word is not taken back by it
  await client.optOuts.set({ contactId, channelId })
  await press(link, 'again=yes')
  await press(link)
  expect(await optOuts()).toMatchObject([{ scope: 'all', source: 'person' }])
})

test('mail programs may send a form of several parts; a mail that waits is not sent any more', async () => {
  const link = await sentLink()
  smtp.trouble({ at: 'greeting', with: '421 4.3.2 come back' })
  const run = await start()
  const waiting = await waitFor('the mail to wait', async () => {
    const { items } = await client.conversations.thread({ contactId })
    return items.flatMap((item) =>
      item.type === 'message' && item.message.failure?.code === 'provider-unavailable' ? [item.message] : [],
    )[0]
  })
  expect(run.trigger).toBe('manual')
  const parts = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  expect((await press(link, parts, 'multipart/form-data; boundary=x')).status).toBe(200)
  await server.deps.db
    .updateTable('delivery')
    .set({ next_attempt_at: new Date() })
    .where('message_id', '=', waiting.id)
    .execute()
  await server.deps.jobs.ring('deliver-messages', { workspaceId, channelId })
  await waitFor('it to fail', async () => {
    const { items } = await client.conversations.thread({ contactId })
    return items.some(
      (item) =>
        item.type === 'message' && item.message.id === waiting.id && item.message.failure?.code === 'not-wanted',
    )
  })
  // nor when somebody presses “send again”
  await expect(client.conversations.sendAgain({ contactId, messageId: waiting.id })).rejects.toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'unsubscribed' },
  })
  expect(smtp.mails).toHaveLength(1)
})

test('a link that was changed says nothing and does nothing; one that is pressed too often waits', async () => {
  const link = await sentLink()
  const secret = 'another secret, just as long as the other'
  const forged = unsubscribeUrl(secret, server.url, { workspaceId: 1, contactChannelId: 1 })
  const [head, mark] = [link.slice(0, -43), link.slice(-43)]
  const wrong = [
    forged,
    `${link}x`,
    `${head}${mark.toUpperCase()}`,
    `${server.url}/unsubscribe/x`,
    head.replace(/\.(\w+)\.$/, '.zzzz.') + mark,
  ]
  for (const url of wrong)
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(url, { method, ...(method === 'POST' && { body: 'List-Unsubscribe=One-Click' }) })
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('ana@example.com')
    }
  expect(await optOuts()).toEqual([])
  expect((await press(link, 'x'.repeat(5000))).status).toBe(413)

  for (let round = 0; round < 30; round++) await press(link)
  const late = await press(link)
  expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true])

  // of whoever was deleted there is nothing left to note
  const other = await client.contacts.create({ values: { firstName: 'Eva', email: 'eva@example.com' } })
  smtp.mails.length = 0
  await client.workflows.start({ workflowId, contactId: other.id })
  const { raw } = await waitFor('the mail', () => smtp.mails[0])
  const gone = header(raw, 'List-Unsubscribe')!.slice(1, -1).replace(publicUrl, server.url)
  const { id: jobId } = await client.deletion.start({ selection: { kind: 'ids', ids: [other.id] }, contacts: 1 })
  await waitFor('the deletion', async () => (await client.bulk.get({ jobId })).state === 'done')
  expect((await press(gone)).status).toBe(200)
})

test('the page is in the reader’s language, runs nothing, and shows names as they are', async () => {
  const link = await sentLink()
  await client.workspaces.update({ name: '<b>Óptica & "Luz"</b>' })
  const answer = await fetch(link, { headers: { 'accept-language': 'fr;q=0.9, es-MX, en' } })
  const page = await answer.text()
  expect(page).toContain('<html lang="es">')
  expect(page).toContain('&lt;b&gt;Óptica &amp; &quot;Luz&quot;&lt;/b&gt;')
  expect(page).not.toMatch(/<script|<b>|https?:/)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await (await fetch(link)).text()).toContain('<html lang="en">')
})
