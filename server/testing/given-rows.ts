import { textEvent, type Shop } from '../conversations/testing.ts'
import { suggestDuplicates } from '../duplicates/suggest-duplicates.ts'
import { readApiToken } from '../members/api-token-text.ts'
import { createApiToken } from '../members/create-api-token.ts'
import { inputsNaming, kindsNamed, markedRows, rowKinds, type NamedRows, type RowKind } from './every-endpoint.ts'
import { givenMember } from './given.ts'
import type { TestServer } from './test-server.ts'

let count = 0

/** Hands a file of contacts in; answers its number. */
export async function givenUpload(
  url: string,
  member: { readonly headers: Record<string, string> },
  content: string | Uint8Array<ArrayBuffer>,
  name = 'contactos.csv',
): Promise<number> {
  const form = new FormData()
  form.append('file', new Blob([content], { type: 'text/csv' }), name)
  const answer = await fetch(`${url}/imports`, { method: 'POST', headers: member.headers, body: form })
  return ((await answer.json()) as { importId: number }).importId
}

/** A token that acts as this member; answers its number. */
export async function givenToken({ deps }: TestServer, { id }: Shop, memberId: number): Promise<number> {
  const { email } = await deps.db
    .selectFrom('member')
    .select('email')
    .where('workspace_id', '=', id)
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow()
  return readApiToken(await createApiToken(deps, { email, workspaceId: id }), deps.people.apiTokenKey)!.id
}

/** Rows that are made when they are first asked for, each once. */
export interface RowsToCome {
  readonly make: (kind: RowKind) => Promise<number>
  /** Those of these kinds; the others bear numbers that nothing has. */
  readonly among: (kinds: readonly RowKind[]) => Promise<NamedRows>
}

/** Rows of each kind that an input may name, new for each call; the contacts are assigned to `assigneeId`. */
export function rowsToCome(server: TestServer, shop: Shop, assigneeId: number | null = null): RowsToCome {
  const { client } = shop.owner
  const number = ++count
  const phone = `+346${10_000_000 + number}`
  const assign = async (id: number) => {
    if (assigneeId !== null) await client.conversations.assign({ contactId: id, memberId: assigneeId })
    return id
  }
  const create = async (values: Record<string, string>) => assign((await client.contacts.create({ values })).id)
  const makers: Record<RowKind, () => Promise<number>> = {
    contactId: async () => {
      await shop.post(phone, [textEvent('hola')])
      await shop.ingest()
      const { items } = await client.contacts.list({ q: phone })
      return assign(items[0]!.id)
    },
    contactChannelId: async () => {
      const { channels } = await client.contacts.get({ contactId: await make('contactId') })
      return channels[0]!.id
    },
    messageId: async () => (await shop.messages(await make('contactId')))[0]!.id,
    memberId: async () => (await givenMember(server, shop.id)).memberId,
    teamId: async () => (await client.teams.create({ name: `Equipo ${number}` })).id,
    invitationId: async () => {
      const email = `invitada${number}@example.com`
      return (await client.invitations.create({ email, role: 'agent', restrictions: [], teamId: null })).id
    },
    tokenId: () => givenToken(server, shop, shop.owner.memberId),
    channelId: async () => {
      const settings = { kind: 'custom', apiBaseUrl: 'http://127.0.0.1:9', contactIdType: 'custom' } as const
      return (await client.channels.connect({ name: 'Puente', settings })).id
    },
    closingNoteId: async () => (await client.conversations.addClosingNote({ category: `Nota ${number}` })).id,
    tagId: async () => (await client.tags.create({ name: `Etiqueta ${number}` })).id,
    otherTagId: async () => (await client.tags.create({ name: `Otra etiqueta ${number}` })).id,
    fieldId: async () =>
      (await client.fields.create({ name: `Campo ${number}`, type: 'list', options: ['38', '39'] })).id,
    stageId: async () => {
      const { items } = await client.lifecycle.list()
      // new contacts begin in the first, which therefore stays; a workspace has few
      if (items.length === 0) await client.lifecycle.create({ name: 'Inicio' })
      if (items.length > 15)
        for (const { id } of items.slice(8)) await client.lifecycle.remove({ stageId: id, contacts: 0 })
      return (await client.lifecycle.create({ name: `Etapa ${number}` })).id
    },
    segmentId: async () => {
      const filter = { and: [{ field: 'email', operator: 'exists' as const }] }
      return (await client.segments.create({ name: `Segmento ${number}`, filter })).id
    },
    otherContactId: async () => {
      await make('contactId')
      const id = await create({ firstName: 'Luz', phone, email: `otra${number}@example.com` })
      await suggestDuplicates(server.deps, { workspaceId: shop.id }, AbortSignal.timeout(60_000))
      return id
    },
    mergeId: async () => {
      const contactIds = [await create({ firstName: `Ana ${number}` }), await create({ firstName: `Anita ${number}` })]
      return (await client.merging.merge({ contactIds })).mergeId
    },
    jobId: async () => {
      const ids = [await create({ firstName: `Eva ${number}` })]
      return (await client.deletion.start({ selection: { kind: 'ids', ids }, contacts: 1 })).id
    },
    taggingJobId: async () => {
      const ids = [await create({ firstName: `Iris ${number}` })]
      return (await client.bulk.tag({ selection: { kind: 'ids', ids }, add: [await make('tagId')] })).id
    },
    importId: () => givenUpload(server.url, shop.owner, `Nombre;Teléfono\nEva ${number};${phone}\n`),
    exportJobId: async () => {
      const ids = [await create({ firstName: `Sol ${number}` })]
      return (await client.exports.start({ selection: { kind: 'ids', ids }, format: 'csv' })).job.id
    },
    workflowId: async () => {
      const steps = [{ id: 'espera', kind: 'wait', amount: 1, unit: 'days' }] as const
      const draft = { triggers: [{ kind: 'manual' as const }], steps: [...steps] }
      const { id: workflowId } = await client.workflows.create({ name: `Flujo ${number}`, draft })
      await client.workflows.publish({ workflowId, revision: 1 })
      return workflowId
    },
    runId: async () => {
      const [workflowId, contactId] = [await make('workflowId'), await make('contactId')]
      return (await client.workflows.start({ workflowId, contactId })).id
    },
  }
  const made = new Map<RowKind, Promise<number>>()
  const make = (kind: RowKind): Promise<number> => {
    const known = made.get(kind) ?? makers[kind]()
    made.set(kind, known)
    return known
  }
  const among = async (kinds: readonly RowKind[]) => {
    const rows: Record<RowKind, number> = { ...markedRows }
    for (const kind of kinds) rows[kind] = await make(kind)
    return rows
  }
  return { make, among }
}

/** One row of each kind that an input may name. */
export const givenRows = (server: TestServer, shop: Shop): Promise<NamedRows> =>
  rowsToCome(server, shop).among(rowKinds)

/** An input that can really be carried out, with rows of its own. */
export const workableInput = async (server: TestServer, shop: Shop, name: string) =>
  workableInputs(await rowsToCome(server, shop).among(kindsNamed(name)), shop)[name]

/** Like those for every endpoint, but such that a member who may can really carry them out. */
export function workableInputs(rows: NamedRows, shop: Shop): Record<string, Record<string, unknown>> {
  const { contactId, messageId, otherContactId, mergeId } = rows
  const inputs = inputsNaming(rows)
  return {
    ...inputs,
    'conversations.send': {
      contactId,
      channelId: shop.channelId,
      body: { type: 'text', text: 'hola' },
      replyTo: messageId,
    },
    'conversations.start': { to: `+346${40_000_000 + ++count}` },
    'contacts.update': { contactId, values: { lastName: 'Otro' } },
    'duplicates.blockValue': { value: `+346${20_000_000 + ++count}` },
    'merging.merge': { contactIds: [contactId, otherContactId] },
    'merging.undo': { mergeId },
    'invitations.create': { ...inputs['invitations.create'], email: `nueva${++count}@example.com` },
    'conversations.addClosingNote': { category: `Nueva ${count}` },
    'conversations.editClosingNote': { ...inputs['conversations.editClosingNote'], category: `Otra ${count}` },
    'tags.create': { ...inputs['tags.create'], name: `Nueva ${count}` },
    'tags.edit': { ...inputs['tags.edit'], name: `Otra ${count}` },
    'lifecycle.create': { ...inputs['lifecycle.create'], name: `Etapa nueva ${count}` },
    'lifecycle.edit': { ...inputs['lifecycle.edit'], name: `Otra etapa ${count}` },
    'fields.create': { ...inputs['fields.create'], name: `Nuevo ${count}`, slug: `nuevo_${count}` },
    'fields.edit': { ...inputs['fields.edit'], name: `Otro campo ${count}` },
    'workflows.create': { ...inputs['workflows.create'], name: `Flujo nuevo ${count}` },
    'workflows.rename': { ...inputs['workflows.rename'], name: `Otro flujo ${count}` },
    'workflows.duplicate': { ...inputs['workflows.duplicate'], name: `Copia ${count}` },
    'segments.create': { ...inputs['segments.create'], name: `Segmento nuevo ${count}` },
    'segments.edit': { ...inputs['segments.edit'], name: `Otro segmento ${count}` },
    'teams.create': { name: `Nuevo ${count}` },
    'teams.rename': { ...inputs['teams.rename'], name: `Renombrado ${count}` },
  }
}
