import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openLine } from '../channels/open-line.ts'
import { ingestMessage } from '../conversations/ingest-message.ts'
import { givenShop, textEvent, words, type Shop } from '../conversations/testing.ts'
import { connectClient, type Client } from '../testing/client.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { startDouble, type DoubleAnswer, type DoubleServer } from '../testing/double-server.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { waitFor } from '../testing/wait-for.ts'
import { endsOf, givenWorkflow, hurry, runsOf, waiting } from './testing.ts'

let server: TestServer
let double: CustomDouble
let elsewhere: DoubleServer
let answer: DoubleAnswer
let shop: Shop
let client: Client

beforeAll(async () => {
  double = await startCustomDouble()
  elsewhere = await startDouble(() => answer)
  server = await startTestServer()
})
beforeEach(async () => {
  answer = { status: 200, body: { order: { id: 77, lines: [{ name: 'Silla' }] }, ok: true } }
  elsewhere.requests.length = 0
  shop = await givenShop(server, double)
  client = shop.owner.client
})
afterAll(async () => {
  await server.close()
  await double.close()
  await elsewhere.close()
})

let number = 0
const phone = () => `+3460001${String(++number).padStart(4, '0')}`
/** Somebody who has written; the double's token is this shop's again. */
async function heard(from: string, text: string, extra: object = {}): Promise<number> {
  await shop.post(from, [textEvent(text, undefined, extra)], { firstName: 'Ana' })
  return waitFor('the message to be in the thread', async () => {
    const { items } = await client.contacts.list({ q: from })
    if (items[0] === undefined) return false
    const said = words(await shop.messages(items[0].id))
    return said.includes(text) && items[0].id
  })
}
const manual = { kind: 'manual' } as const
const stepsOf = async (contactId: number) => {
  const [run] = await runsOf(client, contactId)
  return (await client.workflows.run({ runId: run!.id })).steps
}
const sentTo = (contact: string) =>
  double.sent.filter(({ body }) => body.contactId === contact).map(({ body }) => body.message)

describe('sending', () => {
  test('a message goes by the channel last heard from, its places filled once and never read again', async () => {
    const from = phone()
    const contactId = await heard(from, 'hola')
    await client.contacts.update({ contactId, values: { firstName: '{{contact.phone}}', lastName: '{{7*7}} ${1}' } })
    const workflowId = await givenWorkflow(client, {
      triggers: [manual],
      steps: [
        {
          id: 'a',
          kind: 'send',
          body: { type: 'text', text: 'Hola {{contact.firstName}} {{contact.lastName}}{{assignee.name}}.' },
        },
      ],
    })
    await client.workflows.start({ workflowId, contactId })
    expect(await endsOf(client, contactId)).toEqual(['finished'])
    await waitFor('the message to go out', () => sentTo(from).length > 0)
    expect(sentTo(from)).toEqual([{ type: 'text', text: 'Hola {{contact.phone}} {{7*7}} ${1}.' }])
    const last = (await shop.messages(contactId)).at(-1)
    expect(last).toMatchObject({ sender: { type: 'workflow', memberId: null }, direction: 'out' })
    expect(await stepsOf(contactId)).toMatchObject([{ outcome: 'done', messageId: last!.id }])
  })

  test('what cannot be sent is said with its reason, and the run goes on', async () => {
    const { id: contactId } = await client.contacts.create({ values: { firstName: 'Eva' } })
    const { id: tagId } = await client.tags.create({ name: 'Sin canal' })
    const workflowId = await givenWorkflow(client, {
      triggers: [manual],
      steps: [
        { id: 'a', kind: 'send', body: { type: 'text', text: 'Hola' } },
        {
          id: 'b',
          kind: 'ask',
          question: '¿Sí?',
          answer: 'text',
          as: 'x',
          unanswered: [{ id: 'c', kind: 'tag', add: [tagId] }],
        },
      ],
    })
    await client.workflows.start({ workflowId, contactId })
    expect(await endsOf(client, contactId)).toEqual(['finished'])
    const steps = await stepsOf(contactId)
    expect(steps.map(({ stepId, outcome, reason }) => [stepId, outcome, reason])).toEqual([
      ['a', 'failed', 'no-channel'],
      ['b', 'failed', 'no-channel'],
      ['c', 'done', null],
    ])
  })

  test('an automatic reply sets nothing off and answers nothing', async () => {
    const opened = [{ kind: 'conversationOpened' as const, by: ['contact' as const] }]
    await givenWorkflow(client, { triggers: opened, steps: [waiting] }, 'Al abrir')
    const question = { id: 'a', kind: 'ask', question: '¿Sí?', answer: 'text', as: 'x' } as const
    const asking = await givenWorkflow(client, { triggers: [manual], steps: [question] }, 'Pregunta')
    const { line } = (await openLine(server.deps, shop.id, shop.channelId))!
    const from = phone()
    const write = (extId: string, automatic: boolean) =>
      ingestMessage(
        server.deps,
        line,
        { addressedBy: 'phone' },
        {
          type: 'message',
          extId,
          sentAt: new Date(),
          sender: { address: from, addressKey: from, profileName: 'Iris', phone: from },
          body: { type: 'text', text: extId },
          files: [],
          automatic,
        },
      )
    await write('Estoy de viaje', true)
    const contactId = (await client.contacts.list({ q: from })).items[0]!.id
    await client.workflows.start({ workflowId: asking, contactId })
    await waitFor('the question', () => sentTo(from).length === 1)
    await write('Sigo de viaje', true)
    await client.conversations.close({ contactId })
    await write('Todavía de viaje', true)
    await client.conversations.close({ contactId })
    await write('Ya estoy', false)
    await waitFor('the answer', async () => (await endsOf(client, contactId, 2)).includes('finished'))
    const both = await runsOf(client, contactId)
    expect(both.map(({ workflow, state }) => [workflow.name, state])).toEqual([
      ['Al abrir', 'waiting'],
      ['Pregunta', 'ended'],
    ])
    const { values } = await client.workflows.run({ runId: both[1]!.id })
    expect(values).toEqual({ x: 'Ya estoy' })
  })
})

describe('asking', () => {
  const ask = {
    id: 'talla',
    kind: 'ask',
    question: '¿Qué talla?',
    answer: 'choice',
    as: 'talla',
    retries: 1,
    again: 'No entendí. ¿Chica o grande?',
  } as const
  const choices = ['Chica', 'Grande']

  test('the next thing the contact writes is the answer; what is not understood is asked again, then given up', async () => {
    const { id: fieldId } = await client.fields.create({ name: 'Talla', type: 'list', options: ['Chica', 'Grande'] })
    const workflowId = await givenWorkflow(client, {
      triggers: [manual],
      steps: [
        {
          ...ask,
          choices,
          saveTo: `#${fieldId}`,
          unanswered: [{ id: 'adios', kind: 'send', body: { type: 'text', text: 'Otro día.' } }],
        },
        {
          id: 'segun',
          kind: 'branch',
          arms: [
            {
              values: [{ name: 'talla', operator: 'isEqualTo', value: 'GRANDE' }],
              steps: [{ id: 'g', kind: 'send', body: { type: 'text', text: 'La {{talla}} cuesta más.' } }],
            },
          ],
        },
      ],
    })
    const from = phone()
    const contactId = await heard(from, 'hola')
    await client.workflows.start({ workflowId, contactId })
    await waitFor('the question', () => sentTo(from).length === 1)
    expect(await endsOf(client, contactId)).toEqual(['asking'])
    expect(sentTo(from)).toEqual([{ type: 'quick_reply', title: '¿Qué talla?', replies: ['Chica', 'Grande'] }])
    await heard(from, 'no sé')
    await waitFor('the second question', () => sentTo(from).length === 2)
    await heard(from, ' grandé ')
    expect(await waitFor('the end', async () => (await runsOf(client, contactId))[0]?.end)).toBe('finished')
    await waitFor('the words', () => sentTo(from).length === 3)
    expect(sentTo(from).at(-1)).toEqual({ type: 'text', text: 'La Grande cuesta más.' })
    expect((await client.contacts.get({ contactId })).custom[fieldId]).toMatchObject({
      value: 'Grande',
      source: 'workflow',
    })

    const other = phone()
    const otherId = await heard(other, 'hola')
    await client.workflows.start({ workflowId, contactId: otherId })
    await waitFor('the question', () => sentTo(other).length === 1)
    await heard(other, 'eh')
    await waitFor('the second question', () => sentTo(other).length === 2)
    await heard(other, 'qué')
    await waitFor('the farewell', () => sentTo(other).length === 3)
    expect(sentTo(other).at(-1)).toEqual({ type: 'text', text: 'Otro día.' })
    const steps = await stepsOf(otherId)
    expect(steps.map(({ stepId, outcome, reason }) => [stepId, outcome, reason])).toEqual([
      ['talla', 'skipped', 'not-understood'],
      ['adios', 'done', null],
      ['segun', 'done', null],
    ])
  })

  test('when its time is up it counts as unanswered', async () => {
    const workflowId = await givenWorkflow(client, {
      triggers: [manual],
      steps: [{ ...ask, choices, unanswered: [waiting] }],
    })
    const contactId = await heard(phone(), 'hola')
    const { id } = await client.workflows.start({ workflowId, contactId })
    expect(await endsOf(client, contactId)).toEqual(['asking'])
    // as if the day had passed
    await hurry(server, id)
    await waitFor('it to go on', async () => (await endsOf(client, contactId))[0] === 'waiting')
    expect((await stepsOf(contactId))[0]).toMatchObject({ outcome: 'skipped', reason: 'timed-out' })
  })
})

describe('requests', () => {
  const http = (more: object = {}) =>
    ({
      id: 'pide',
      kind: 'http',
      method: 'POST',
      url: `${elsewhere.url}/orders/{{contact.firstName}}?q={{contact.email}}`,
      headers: [
        { name: 'Authorization', value: 'Bearer canario', secret: true },
        { name: 'X-Name', value: '{{contact.firstName}}' },
      ],
      body: '{"name": "{{contact.firstName}}", "n": 1}',
      save: [
        { path: 'order.lines.0.name', as: 'linea' },
        { path: 'status', as: 'estado' },
      ],
      ...more,
    }) as const
  const begin = async (step: ReturnType<typeof http>, after: object[] = [], firstName = 'Ana') => {
    const steps = [{ ...step, failed: [{ id: 'mal', kind: 'stop' as const }] }, ...after] as never
    const workflowId = await givenWorkflow(client, { triggers: [manual], steps })
    const { id: contactId } = await client.contacts.create({ values: { firstName, email: 'a+b@example.com' } })
    await client.workflows.start({ workflowId, contactId })
    return { workflowId, contactId }
  }
  const ended = (contactId: number) =>
    waitFor('the end', async () => (await runsOf(client, contactId))[0]?.end ?? false)

  test('places are written as each part needs it; what the answer says can be used; a secret is never given back', async () => {
    const evil = '"},"x":"\r\nEvil: 1/../?a=b&{{contact.email}}'
    const after = [{ id: 'nombre', kind: 'field', field: 'lastName', value: '{{linea}} {{estado}}' }]
    const { workflowId, contactId } = await begin(http(), after, evil)
    expect(await ended(contactId)).toBe('finished')
    const [request] = elsewhere.requests
    expect(request!.path).toBe(`/orders/${encodeURIComponent(evil.replace(/[\r\n]+/g, ' '))}`)
    expect(request!.query).toEqual({ q: 'a+b@example.com' })
    expect(JSON.parse(request!.body.toString())).toEqual({ name: evil.replace(/[\r\n]+/g, ' '), n: 1 })
    expect(request!.headers).toMatchObject({
      authorization: 'Bearer canario',
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^ficha-\d+-\d+-0$/),
    })
    expect(request!.headers['evil']).toBeUndefined()
    expect((await client.contacts.get({ contactId })).fields.lastName.value).toBe('Silla 200')
    expect((await stepsOf(contactId))[0]).toMatchObject({
      status: 200,
      attempts: 1,
      values: { linea: 'Silla', estado: '200' },
    })
    const all = JSON.stringify([
      await client.workflows.get({ workflowId }),
      await client.workflows.version({ workflowId, version: 1 }),
      await server.deps.db.selectFrom('workflow').selectAll().execute(),
      await server.deps.db.selectFrom('workflow_version').selectAll().execute(),
    ])
    expect(all).not.toContain('canario')
    expect(server.logged.join('\n')).not.toContain('canario')
  })

  test('a secret that is not typed again stays for its host, and for no other', async () => {
    const { workflowId } = await begin(http())
    const { draft, revision } = await client.workflows.get({ workflowId })
    expect(draft.steps[0]).toMatchObject({ headers: [{ name: 'Authorization', secret: true, value: null }, {}] })
    const same = await client.workflows.edit({ workflowId, revision, draft })
    expect(same.problems).toEqual([])
    expect(await client.workflows.testRequest({ workflowId, stepId: 'pide' })).toMatchObject({
      status: 200,
      failure: null,
    })
    expect(elsewhere.requests.at(-1)!.headers['authorization']).toBe('Bearer canario')
    const moved = structuredClone(draft)
    if (moved.steps[0]?.kind === 'http') moved.steps[0].url = 'https://elsewhere.example/'
    const other = await client.workflows.edit({ workflowId, revision: same.revision, draft: moved })
    expect(other.problems).toMatchObject([{ path: 'draft.steps.0.headers.0.value', reason: 'secret-needed' }])
    expect((await client.workflows.testRequest({ workflowId, stepId: 'pide' })).failure).toBe('secret-needed')
    const copy = await client.workflows.duplicate({ workflowId, name: 'Copia' })
    expect(copy.problems).toMatchObject([{ reason: 'secret-needed' }])
  })

  test('an internal address is refused, however it is written or led to', async () => {
    const guarded = await startTestServer({
      databaseUrl: server.databaseUrl,
      work: false,
      config: { allowInternal: [] },
    })
    const draftOf = (url: string) => ({
      triggers: [manual],
      steps: [{ id: 'p', kind: 'http' as const, method: 'GET' as const, url }],
    })
    const strict = connectClient(guarded.url, shop.owner.headers)
    const { id: workflowId } = await strict.workflows.create({ name: 'Dentro' })
    let revision = 1
    for (const url of [
      'http://127.0.0.1:1/',
      'http://localhost/',
      'http://[::1]/',
      'http://[::ffff:127.0.0.1]/',
      'http://169.254.169.254/latest/meta-data',
      'http://2130706433/',
      'http://0x7f.1/',
      'http://10.0.0.1/',
    ]) {
      revision = (await strict.workflows.edit({ workflowId, revision, draft: draftOf(url) })).revision
      const tested = await strict.workflows.testRequest({ workflowId, stepId: 'p' })
      expect({ url, failure: tested.failure, body: tested.body }).toEqual({ url, failure: 'refused', body: '' })
    }
    for (const url of [
      'ftp://example.com/',
      'http://a@b.example/',
      '{{contact.name}}',
      'https://{{contact.name}}.example/',
      'https://example.com{{contact.name}}',
    ]) {
      const { problems } = await strict.workflows.edit({ workflowId, revision, draft: draftOf(url) })
      revision++
      expect({ url, reasons: problems.map(({ reason }) => reason) }).toEqual({ url, reasons: ['address'] })
    }
    await guarded.close()
  })

  test('a redirect is not followed, a refusal goes its own way, and an answer too large is none', async () => {
    answer = { status: 302, headers: { location: 'http://169.254.169.254/' }, body: '' }
    const redirected = await begin(http())
    expect(await ended(redirected.contactId)).toBe('stopStep')
    expect((await stepsOf(redirected.contactId))[0]).toMatchObject({ outcome: 'failed', reason: 'status', status: 302 })
    expect(elsewhere.requests).toHaveLength(1)
    answer = { status: 404, body: {} }
    const missing = await begin(http())
    expect(await ended(missing.contactId)).toBe('stopStep')
    answer = { status: 200, body: 'x'.repeat(300_000) }
    const large = await begin(http())
    expect(await ended(large.contactId)).toBe('stopStep')
    expect((await stepsOf(large.contactId))[0]).toMatchObject({ outcome: 'failed', reason: 'too-large' })
  })

  test('what passes is tried again under the same key; what may have been done is said to be unknown', async () => {
    const tryOn = (contactId: number) =>
      waitFor('the last try', async () => {
        const [run] = await runsOf(client, contactId)
        if (elsewhere.requests.length > 0 && run !== undefined) await hurry(server, run.id)
        return run?.state === 'ended'
      })
    answer = { status: 503, body: {} }
    const busy = await begin(http())
    await tryOn(busy.contactId)
    expect(elsewhere.requests).toHaveLength(3)
    expect(new Set(elsewhere.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect((await stepsOf(busy.contactId))[0]).toMatchObject({ outcome: 'failed', status: 503, attempts: 3 })
    elsewhere.requests.length = 0
    elsewhere.trouble('cut', 'cut', 'cut')
    const cut = await begin(http())
    await tryOn(cut.contactId)
    expect((await stepsOf(cut.contactId))[0]).toMatchObject({ outcome: 'unknown', reason: 'unanswered', attempts: 3 })
  })

  test('an address that hangs stops no request to another one', async () => {
    const deaf = await startDouble(
      () => answer,
      () => true,
      () => 'drop',
    )
    const steps = [{ ...http({ url: `${deaf.url}/`, timeoutSeconds: 30 }), failed: [] }] as never
    const hanging = await givenWorkflow(client, { triggers: [manual], steps })
    for (let at = 0; at < 30; at++) {
      const { id } = await client.contacts.create({ values: { firstName: `Ana ${at}` } })
      await client.workflows.start({ workflowId: hanging, contactId: id })
    }
    await waitFor('requests', () => deaf.requests.length >= 4)
    const { contactId } = await begin(http())
    expect(await ended(contactId)).toBe('finished')
    // before any of theirs was over
    const over = server.deps.db.selectFrom('workflow_run').select('id').where('ended_at', 'is not', null)
    expect(await over.where('workspace_id', '=', shop.id).where('workflow_id', '=', hanging).execute()).toEqual([])
    await client.workflows.stop({ workflowId: hanging, runs: 'stop' })
    await deaf.close()
  })

  test('a contact that is blocked while the answer is awaited goes no further, and what was answered is kept', async () => {
    elsewhere.trouble({ late: 600 })
    const { contactId } = await begin(http(), [{ id: 'b', kind: 'open' }])
    await waitFor('the request', () => elsewhere.requests.length === 1)
    await client.blocking.block({ contactId })
    expect((await runsOf(client, contactId))[0]).toMatchObject({ end: 'blocked' })
    expect((await stepsOf(contactId))[0]).toMatchObject({ outcome: 'unknown' })
    await waitFor('the answer', async () => (await stepsOf(contactId))[0]?.outcome === 'done')
    expect(await stepsOf(contactId)).toHaveLength(1)
  })
})

describe('a program posts', () => {
  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + new URL(url).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  test('to let a contact enter: known by number, phone or mail in any spelling, else made where that is wanted', async () => {
    const steps = [{ id: 'n', kind: 'field', field: 'lastName', value: 'pedido {{order}}' } as const, waiting]
    const workflowId = await givenWorkflow(client, { triggers: [{ kind: 'webhook' }], steps })
    const { hookUrl } = await client.workflows.get({ workflowId })
    const { id: contactId } = await client.contacts.create({ values: { firstName: 'Luz', phone: '+34600777001' } })
    const entered = await post(hookUrl!, { phone: '0034 600 777 001', values: { order: 12 } })
    expect([entered.status, await entered.json()]).toEqual([200, { contactId, entered: true, reason: null }])
    expect(await endsOf(client, contactId)).toEqual(['waiting'])
    expect((await client.contacts.get({ contactId })).fields.lastName.value).toBe('pedido 12')
    expect(await (await post(hookUrl!, { contactId })).json()).toEqual({ contactId, entered: false, reason: 'running' })
    expect(await (await post(hookUrl!, { email: 'nadie@example.com' })).json()).toEqual({
      contactId: null,
      entered: false,
      reason: 'no-contact',
    })
    const makes = await givenWorkflow(client, { triggers: [{ kind: 'webhook', makesContact: true }], steps: [waiting] })
    const made = (await client.workflows.get({ workflowId: makes })).hookUrl!
    const both = await Promise.all([1, 2].map(() => post(made, { email: 'nueva@nogal.es', firstName: 'Nueva' })))
    const answers = (await Promise.all(both.map((one) => one.json()))) as { contactId: number; entered: boolean }[]
    expect(new Set(answers.map((one) => one.contactId)).size).toBe(1)
    expect(answers.filter((one) => one.entered)).toHaveLength(1)
  })

  test('the address is the whole secret: a wrong one, an old one and one of a stopped workflow lead nowhere', async () => {
    const workflowId = await givenWorkflow(client, {
      triggers: [{ kind: 'webhook' }],
      steps: [{ id: 'a', kind: 'stop' }],
    })
    const { hookUrl } = await client.workflows.get({ workflowId })
    const { id: contactId } = await client.contacts.create({ values: { firstName: 'Luz' } })
    const key = { 'idempotency-key': 'pedido-0001' }
    const first = await (await post(hookUrl!, { contactId }, key)).json()
    await endsOf(client, contactId)
    expect(await (await post(hookUrl!, { contactId }, key)).json()).toEqual(first)
    expect(await runsOf(client, contactId)).toHaveLength(1)
    for (const [body, path] of [
      [{}, 'contactId'],
      [{ contactId: 'x' }, 'contactId'],
      [{ phone: '12' }, 'phone'],
      [{ contactId, values: { 'a b': 1 } }, 'values.a b'],
      [null, ''],
    ] as const) {
      const refused = await post(hookUrl!, body)
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ code: 'BAD_REQUEST', data: { fields: [{ path }] } })
    }
    const renewed = await client.workflows.renewHook({ workflowId })
    expect((await post(hookUrl!, { contactId })).status).toBe(404)
    expect((await post(`${renewed.hookUrl}x`, { contactId })).status).toBe(404)
    expect((await post(renewed.hookUrl, { contactId })).status).toBe(200)
    await client.workflows.stop({ workflowId, runs: 'finish' })
    expect((await post(renewed.hookUrl, { contactId })).status).toBe(404)
  })
})
