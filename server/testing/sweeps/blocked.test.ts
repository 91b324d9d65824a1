import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Selection } from '#contract/filter.ts'
import { runJob } from '../../bulk/run-job.ts'
import { givenShop, type Shop } from '../../conversations/testing.ts'
import { deletion } from '../../deletion/deletion.ts'
import { suggestDuplicates } from '../../duplicates/suggest-duplicates.ts'
import { exporting } from '../../exports/export-contacts.ts'
import { startCustomDouble, type CustomDouble } from '../custom-double.ts'
import { callRpc, everyEndpoint, kindsNamed } from '../every-endpoint.ts'
import { rowsToCome, workableInputs } from '../given-rows.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { sumTables } from './sum-tables.ts'

/*
 * Whoever shows, counts, tells of or acts upon contacts and messages has to know of blocks. Nobody keeps a list of them: every
 * endpoint that reads is asked, every table is looked at, so that a new one which forgets it fails here.
 */

/** Endpoints in which a blocked contact may be named, and why. */
const naming: Readonly<Record<string, string>> = {
  'contacts.get': 'the record, which says that it is blocked',
  'blocking.list': 'the view of those who are',
  'conversations.thread': 'what was said before the block, in the record',
  'workflows.run': 'a run that the block has ended, asked for by its number',
}
/** Endpoints that answer otherwise once something was held, and why. */
const counting: Readonly<Record<string, string>> = {
  'contacts.get': 'the record says how many were held',
  'blocking.list': 'so does the view',
}

const reads = everyEndpoint.filter(({ effect, name }) => effect === 'read' && name !== 'live.watch')
const running = AbortSignal.timeout(120_000)
const phone = '+34600000188'

let server: TestServer
let double: CustomDouble
let shop: Shop
let contactId: number
let answers: Map<string, string>

/** What each endpoint says to the Owner and to whom the contact is assigned: asked about it, and for all there is. */
async function askAll(): Promise<Map<string, string>> {
  const said = new Map<string, string>()
  for (const endpoint of reads) {
    const { name, schema } = endpoint
    const inputs: unknown[] = [aimed.get(name)]
    for (const wide of [{}, { view: 'all', status: 'closed' }, { q: phone }, { q: 'Zoraida' }])
      if (schema?.safeParse(wide).success === true) inputs.push(wide)
    const texts: string[] = []
    for (const { headers } of [shop.owner, shop.agent])
      for (const input of inputs) {
        const answer = await callRpc(server.url, endpoint, input, headers)
        texts.push(`${answer.status} ${await answer.text()}`)
      }
    said.set(name, texts.join('\n'))
  }
  return said
}
const aimed = new Map<string, Record<string, unknown> | undefined>()

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
  shop = await givenShop(server, double)
  const { client } = shop.owner
  await shop.hear(phone, 'soy Zoraida', { firstName: 'Zoraida', lastName: 'Quintanilla', email: 'zoraida@example.com' })
  contactId = (await client.contacts.list({ q: phone })).items[0]!.id
  // somebody who would be suggested to be the same, whatever may set a workflow off, and somebody to be told
  await client.contacts.create({ values: { firstName: 'Sosias', phone } })
  await suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
  const wait = { id: 'espera', kind: 'wait', amount: 1, unit: 'days' } as const
  const { id: workflowId } = await client.workflows.create({
    name: 'Todo',
    draft: { triggers: [{ kind: 'conversationOpened' }, { kind: 'tagAdded' }, { kind: 'manual' }], steps: [wait] },
  })
  await client.workflows.publish({ workflowId, revision: 1 })
  const { id: runId } = await client.workflows.start({ workflowId, contactId })
  await client.conversations.assign({ contactId, memberId: shop.agent.memberId })
  const toCome = rowsToCome(server, shop)
  for (const { name } of reads) {
    const rows = await toCome.among(kindsNamed(name).filter((kind) => kind !== 'contactId' && kind !== 'runId'))
    aimed.set(name, workableInputs({ ...rows, contactId, runId }, shop)[name])
  }
  await client.blocking.block({ contactId })
  await suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
  answers = await askAll()
})
afterAll(async () => {
  await server.close()
  await double.close()
})

describe('of somebody who is blocked', () => {
  test('no endpoint speaks, but the record and the view of those who are', () => {
    const named = [...answers].flatMap(([name, text]) => (/zoraida|quintanilla/i.test(text) ? [name] : []))
    expect(named.toSorted()).toEqual(Object.keys(naming).toSorted())
  })

  test('what is held changes no answer of any endpoint but how many there are', async () => {
    await shop.hear(phone, 'insulto-canario')
    await suggestDuplicates(server.deps, { workspaceId: shop.id }, running)
    const after = await askAll()
    const changed = [...after].flatMap(([name, text]) => (text === answers.get(name) ? [] : [name]))
    expect([...after].filter(([, text]) => text.includes('insulto')).map(([name]) => name)).toEqual([])
    expect(changed.toSorted()).toEqual(Object.keys(counting).toSorted())
  })

  test('what is held is written nowhere but where it is kept, and sets nothing off', async () => {
    const before = await sumTables(server.deps.db)
    await shop.hear(phone, 'otro insulto')
    const after = await sumTables(server.deps.db)
    const written = Object.keys(after)
      .filter((table) => after[table] !== before[table])
      .toSorted()
    expect(written).toEqual([
      'public.contact_block',
      'public.held_message',
      'public.inbound_event',
      'public.message_seen',
    ])
  })

  test('a file of all who match holds no line, and none holds what was held', async () => {
    const { client } = shop.owner
    const acts = { export: exporting, delete: deletion }
    const write = async (selection: Selection) => {
      const { job } = await client.exports.start({ selection, format: 'csv' })
      await runJob(server.deps, acts, { workspaceId: shop.id, jobId: job.id }, running)
      const rows = await server.deps.db
        .selectFrom('export_part')
        .select('content')
        .where('workspace_id', '=', shop.id)
        .where('job_id', '=', job.id)
        .execute()
      return rows.map(({ content }) => content).join('')
    }
    const matching = await write({ kind: 'matching', except: [] })
    expect(matching).toContain('Sosias')
    expect(matching).not.toContain('Zoraida')
    // who asks for the whole workspace, or for her by number, means her too
    for (const selection of [{ kind: 'everyone' } as const, { kind: 'ids' as const, ids: [contactId] }]) {
      const file = await write(selection)
      expect(file).toContain('Zoraida')
      expect(file).not.toContain('insulto')
    }
  })
})
