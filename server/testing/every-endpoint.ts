import type { z } from 'zod'
import { contract } from '#contract/index.ts'
import type { Meta } from '#contract/base.ts'

export interface Endpoint extends Meta {
  /** As the client calls it: `contacts.get`. */
  readonly name: string
  readonly method: string
  /** Below `/api`, with its placeholders. */
  readonly path: string
  /** Undefined where nothing is asked for. */
  readonly schema: z.ZodType | undefined
}

interface Procedure {
  '~orpc': { meta: Meta; route: { method?: string; path?: string }; inputSchema?: unknown }
}

/** The whole contract as a list, for promises about all of it. */
export const everyEndpoint: readonly Endpoint[] = Object.entries(contract).flatMap(([slice, endpoints]) =>
  Object.entries(endpoints as Record<string, Procedure>).map(
    ([
      act,
      {
        '~orpc': { meta, route, inputSchema },
      },
    ]) => ({
      ...meta,
      name: `${slice}.${act}`,
      method: route.method ?? 'POST',
      path: route.path ?? '/',
      schema: inputSchema as z.ZodType | undefined,
    }),
  ),
)

/**
 * Rows of a workspace that inputs may name. The contact at `otherContactId` is suggested to be the same person as the one at
 * `contactId`; the merge is of two further contacts.
 */
export const rowKinds = [
  'contactId',
  'contactChannelId',
  'messageId',
  'memberId',
  'teamId',
  'invitationId',
  'tokenId',
  'channelId',
  'closingNoteId',
  'tagId',
  'otherTagId',
  'fieldId',
  'stageId',
  'segmentId',
  'otherContactId',
  'mergeId',
  'jobId',
  'exportJobId',
  'taggingJobId',
  'importId',
  'workflowId',
  'runId',
] as const
export type RowKind = (typeof rowKinds)[number]
export type NamedRows = Readonly<Record<RowKind, number>>

/** Rows that are told apart by their numbers alone: -1, -2 and so on. */
export const markedRows = Object.fromEntries(rowKinds.map((kind, at) => [kind, -1 - at])) as NamedRows

/** What the input of an endpoint names: it reads differently when that is another. */
export function kindsNamed(name: string): RowKind[] {
  const read = (rows: NamedRows) => JSON.stringify({ ...inputsNaming(rows)[name], until: null })
  return rowKinds.filter((kind) => read({ ...markedRows, [kind]: -1000 }) !== read(markedRows))
}

/** A well-formed input for every endpoint that takes one, naming the rows given. */
export function inputsNaming(rows: NamedRows): Record<string, Record<string, unknown>> {
  const {
    contactId,
    contactChannelId,
    messageId,
    memberId,
    teamId,
    invitationId,
    channelId,
    closingNoteId,
    tagId,
    otherTagId,
  } = rows
  const { otherContactId, mergeId, segmentId, fieldId, stageId, jobId, exportJobId, taggingJobId, importId } = rows
  const { workflowId, runId, tokenId } = rows
  const filter = { and: [{ field: 'tag', operator: 'hasAnyOf', value: [tagId] }] }
  const steps = [
    { id: 'espera', kind: 'wait', amount: 1, unit: 'days' },
    { id: 'marca', kind: 'tag', add: [tagId] },
  ]
  const pair = { a: contactId, b: otherContactId }
  const wish = { contactIds: [contactId, otherContactId], survivorId: contactId, picks: { phone: otherContactId } }
  const place = { defaultCountry: 'ES', timeZone: 'Europe/Madrid', language: 'es' }
  const access = { role: 'agent', restrictions: [], teamId }
  const token = 'a'.repeat(43)
  const tomorrow = new Date(Date.now() + 24 * 3600 * 1000).toISOString()
  const custom = { kind: 'custom', apiBaseUrl: 'http://127.0.0.1:9/bridge', contactIdType: 'phone' }
  const values = { firstName: 'Luz', lastName: 'Soto', email: 'luz@example.com', phone: '+34600000142' }
  return {
    'account.signUpFirst': {
      name: 'Eva',
      email: 'eva@example.com',
      password: 'una clave muy larga',
      workspaceName: 'Suyo',
      ...place,
    },
    'account.invitation': { token },
    'account.endSessions': { sessionId: 'a-session' },
    'account.acceptInvitation': { token, name: 'Eva', password: 'una clave muy larga' },
    'workspaces.create': { name: 'Otro', ...place },
    'workspaces.update': { name: 'Taller', ...place },
    'members.updateAccess': { memberId, ...access },
    'members.remove': { memberId },
    'members.updateProfile': { name: 'Otra' },
    'invitations.create': { email: 'nueva@example.com', ...access },
    'invitations.renew': { invitationId },
    'invitations.revoke': { invitationId },
    'apiTokens.revoke': { tokenId },
    'teams.create': { name: 'Ventas' },
    'teams.rename': { teamId, name: 'Compras' },
    'teams.remove': { teamId },
    'contacts.list': { q: 'luz', sort: 'name', cursor: null, limit: 10 },
    'contacts.get': { contactId },
    'contacts.create': { values: { ...values, country: 'ES', language: 'es' } },
    'contacts.update': {
      contactId,
      values: { ...values, custom: { [fieldId]: '38' } },
      replaces: { firstName: 'Luz' },
    },
    'contacts.takeBack': { contactId, field: `#${fieldId}` },
    'contacts.tag': { contactId, tagIds: [tagId], names: ['Cliente fiel'] },
    'contacts.untag': { contactId, tagIds: [tagId] },
    'contactChannels.remove': { contactId, contactChannelId },
    'contactChannels.restore': { contactId, contactChannelId },
    'contacts.removeAlternate': { contactId, field: 'phone', value: '+34600000198' },
    'duplicates.ofContact': { contactId },
    'duplicates.list': { tiers: ['A', 'B'], cursor: null, limit: 10 },
    'duplicates.dismiss': pair,
    'duplicates.reopen': pair,
    'duplicates.dismissed': { cursor: null, limit: 10 },
    'duplicates.sharedIdentifiers': { cursor: null, limit: 10 },
    'duplicates.blockValue': { value: '+34600000199' },
    'duplicates.unblockValue': { key: 'p:+34600000199' },
    'optOuts.set': { contactId, channelId, reason: 'Lo pidió por teléfono' },
    'optOuts.lift': { contactId, channelId, reason: 'Lo pidió por escrito' },
    'blocking.block': { contactId, reason: 'Envía publicidad' },
    'blocking.unblock': { contactId, showHeld: true },
    'blocking.list': { q: 'luz', cursor: null, limit: 10 },
    'merging.plan': wish,
    'merging.merge': { ...wish, fingerprint: 'of-a-plan' },
    'merging.undoPlan': { mergeId },
    'merging.undo': { mergeId, fingerprint: 'of-a-plan', handOver: [{ messageId, contactId }] },
    'merging.history': { q: 'luz', memberId, contactId, state: 'merged', cursor: null, limit: 10 },
    'bulk.list': { kind: 'delete', running: true, cursor: null, limit: 10 },
    'bulk.get': { jobId },
    'bulk.contacts': { jobId, outcome: 'left', cursor: null },
    'exports.start': { selection: { kind: 'ids', ids: [contactId] }, format: 'csv', columns: ['name', `#${fieldId}`] },
    'imports.list': { cursor: null, limit: 10 },
    'imports.get': { importId },
    'imports.plan': { importId, wish: { columns: ['firstName', 'phone'], mode: 'both' } },
    'imports.getPlan': { importId },
    'imports.planned': { importId, outcome: 'added', after: 0, limit: 10 },
    'imports.start': { importId, wish: { columns: ['firstName', null], mode: 'add' }, tags: ['Feria'], tagIt: true },
    'imports.cancel': { importId },
    'imports.undo': { importId },
    'workflows.get': { workflowId },
    'workflows.version': { workflowId, version: 1 },
    'workflows.create': { name: 'Bienvenida', draft: { triggers: [{ kind: 'manual' }], steps } },
    'workflows.rename': { workflowId, name: 'Despedida' },
    'workflows.duplicate': { workflowId, name: 'Otra bienvenida' },
    'workflows.edit': { workflowId, revision: 1, draft: { triggers: [{ kind: 'manual', filter }], steps } },
    'workflows.publish': { workflowId, revision: 1 },
    'workflows.stop': { workflowId, runs: 'stop' },
    'workflows.remove': { workflowId },
    'workflows.renewHook': { workflowId },
    'workflows.testRequest': { workflowId, stepId: 'pide', contactId },
    'workflows.start': { workflowId, contactId },
    'workflows.runs': { workflowId, state: 'active', cursor: null, limit: 10 },
    'workflows.runsOfContact': { contactId, state: 'active', cursor: null, limit: 10 },
    'workflows.run': { runId },
    'workflows.stopRun': { runId },
    'workflows.stopRuns': { workflowId },
    'exports.list': { cursor: null, limit: 10 },
    'exports.get': { jobId: exportJobId },
    'exports.cancel': { jobId: exportJobId },
    'bulk.tag': { selection: { kind: 'ids', ids: [contactId] }, add: [tagId], remove: [otherTagId] },
    'bulk.assign': { selection: { kind: 'ids', ids: [contactId] }, memberId },
    'bulk.setStage': { selection: { kind: 'ids', ids: [contactId] }, stageId },
    'bulk.setField': {
      selection: { kind: 'ids', ids: [contactId] },
      field: `#${fieldId}`,
      value: '38',
      keepExisting: true,
    },
    'bulk.cancel': { jobId: taggingJobId },
    'deletion.preview': { selection: { kind: 'matching', q: 'luz', filter, except: [otherContactId] } },
    'deletion.start': { selection: { kind: 'ids', ids: [contactId] }, contacts: 1 },
    'deletion.cancel': { jobId },
    'contacts.setColumns': {
      items: [
        { key: 'name', width: 240 },
        { key: 'phone', width: null },
      ],
    },
    'contacts.count': { q: 'ana', filter },
    'segments.create': { name: 'Minoristas', filter },
    'segments.edit': { segmentId, name: 'Mayoristas', filter },
    'segments.remove': { segmentId },
    'tags.count': { tagId },
    'tags.create': { name: 'Mayorista', colour: 'teal', emoji: '📦', description: 'Compra al por mayor' },
    'tags.edit': { tagId, name: 'Minorista', colour: 'grey', emoji: null, description: '' },
    'tags.merge': { tagId, intoId: otherTagId },
    'tags.remove': { tagId, contacts: 0 },
    'lifecycle.count': { stageId },
    'lifecycle.create': { name: 'Cliente', emoji: '🌱', description: 'Ya ha comprado', kind: 'stage' },
    'lifecycle.edit': { stageId, name: 'Perdido', emoji: null, description: '', kind: 'lost' },
    'lifecycle.move': { stageId, before: null },
    'lifecycle.remove': { stageId, contacts: 0 },
    'fields.count': { fieldId },
    'fields.create': {
      name: 'Pedido',
      slug: 'pedido',
      type: 'list',
      description: 'El último',
      options: ['Uno', 'Dos'],
    },
    'fields.edit': { fieldId, name: 'Talla', description: 'En la bota', options: ['38', '39'] },
    'fields.place': { key: `#${fieldId}`, before: 'firstName', shown: 'filled' },
    'fields.remove': { fieldId, contacts: 0 },
    'activity.ofContact': { contactId, group: 'details', field: `#${fieldId}`, cursor: null, limit: 10 },
    'audit.list': { memberId, group: 'tags', since: tomorrow, cursor: null, limit: 10 },
    'notifications.list': { cursor: null, limit: 10 },
    'notifications.markRead': { notificationIds: [messageId] },
    'notifications.markAllRead': { upTo: messageId },
    'notifications.updateSettings': { assigned: 'app', message: 'off', mention: 'desktop' },
    'conversations.list': { view: 'all', status: 'open', unreadOnly: false, q: 'luz', cursor: null, limit: 10 },
    'conversations.thread': { contactId, cursor: null, limit: 10 },
    'conversations.emailHtml': { contactId, messageId, remoteContent: false },
    'conversations.start': { to: '+34600000177' },
    'conversations.send': {
      contactId,
      channelId,
      body: { type: 'text', text: 'hola', subject: 'Pedido', cc: ['jefe@example.com'] },
      attachmentIds: ['00000000-0000-4000-8000-000000000000'],
      replyTo: messageId,
    },
    'conversations.sendAgain': { contactId, messageId },
    'conversations.settle': { contactId, messageId },
    'conversations.undelivered': { channelId, status: 'failed', cursor: null, limit: 10 },
    'conversations.sendAllAgain': { channelId, cursor: null },
    'conversations.addNote': { contactId, text: 'una nota', mentions: [memberId] },
    'conversations.assign': { contactId, memberId, replaces: null },
    'conversations.close': { contactId, category: 'Ventas', summary: 'Compró' },
    'conversations.open': { contactId },
    'conversations.snooze': { contactId, until: tomorrow },
    'conversations.markRead': { contactId, upTo: messageId },
    'conversations.addClosingNote': { category: 'Venta grande', description: 'Más de mil' },
    'conversations.editClosingNote': { closingNoteId, category: 'Venta', description: 'Hasta mil' },
    'conversations.removeClosingNote': { closingNoteId },
    'channels.get': { channelId },
    'channels.health': { channelId },
    'channels.check': { channelId, settings: custom },
    'channels.connect': { name: 'Puente', settings: custom },
    'channels.update': { channelId, name: 'Puente', settings: custom },
    'channels.pause': { channelId },
    'channels.resume': { channelId },
    'channels.reconnect': { channelId },
    'channels.remove': { channelId },
    'channels.templates': { channelId },
  }
}

type Headers = Readonly<Record<string, string>>

/** As the web calls it. */
export const callRpc = (url: string, { name }: Endpoint, input: unknown, headers: Headers = {}): Promise<Response> =>
  fetch(`${url}/rpc/${name.replace('.', '/')}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ json: input }),
  })

/** As a program calls it: named parts in the path, the rest in the query of a GET, else in a JSON body. */
export function callRest(
  url: string,
  { method, path }: Endpoint,
  input: Readonly<Record<string, unknown>> = {},
  headers: Headers = {},
): Promise<Response> {
  const rest = { ...input }
  const place = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(asText(value))
  })
  if (method !== 'GET')
    return fetch(`${url}/api${place}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(rest),
    })
  const query = new URLSearchParams(Object.entries(rest).flatMap(([name, value]) => asQuery(name, value)))
  return fetch(`${url}/api${place}?${query}`, { headers })
}

/** Lists and objects in the notation with brackets: `ids[]=1&picks[phone]=2`. */
function asQuery(name: string, value: unknown): [string, string][] {
  if (value === null) return []
  if (Array.isArray(value))
    return value.flatMap((item: unknown, at) => asQuery(`${name}[${typeof item === 'object' ? at : ''}]`, item))
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, item]) => asQuery(`${name}[${key}]`, item))
  return [[name, asText(value)]]
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
