import { sql, type Selectable } from 'kysely'
import type { StandardField } from '#contract/contacts.ts'
import { recordActivity } from '../activity/record-activity.ts'
import type { Contact } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../http/endpoint.ts'
import { markDue } from '../identity/mark-due.ts'
import { countryFor, workspaceCountry } from './insert-contact.ts'
import { planEdit, type EditPlan, type FieldValues } from './plan-edit.ts'
import { columnOf, isDecided, type Origin, type Provenance } from './provenance.ts'
import { readSender, type SenderValues } from './read-sender.ts'
import { sortName } from './sort-name.ts'
import { indexTexts } from './write-contacts.ts'
import { writeEdit } from './write-edit.ts'
import { writeMember } from './write-member.ts'

export interface Heard extends SenderValues {
  readonly workspaceId: number
  readonly channelId: number
  readonly contactId: number
  /** Whose link it is: the contact itself, or one that it has absorbed. */
  readonly bornOn?: number
  readonly profileName?: string | null
  readonly pictureUrl?: string | null
  readonly now?: Date
}

/**
 * Takes over what a channel says of somebody who wrote: name and picture shown are those of the channel last heard from;
 * a value that a person, an import or the API set stays, among channels the newest wins, and silence empties nothing.
 * @returns whether the record is another one now
 */
export async function fillFromChannel(tx: Tx, deps: Pick<Deps, 'clock'>, heard: Heard): Promise<boolean> {
  const { workspaceId, channelId, contactId, bornOn = contactId } = heard
  const said = readSender(heard, await countryFor(tx, workspaceId, heard.phone))
  const origin = originOf(heard)
  const absorbed = bornOn === contactId ? null : await planFill(tx, workspaceId, bornOn, said, origin)
  if (absorbed?.plan != null)
    await writeMember(tx, deps, { write: absorbed.plan, rootId: contactId, by: { source: 'channel', by: channelId } })

  const found = await planFill(tx, workspaceId, contactId, absorbed === null ? said : {}, origin, heard)
  if (found === null) return false
  const { contact, shown, plan } = found
  if (plan !== null) await writeEdit(tx, deps, plan)
  const filled = plan !== null || absorbed?.plan != null
  if (isShown(contact, shown)) return filled

  const after = plan?.after ?? shown
  await tx
    .updateTable('contact')
    .set({ profile_name: shown.profile_name, picture_url: shown.picture_url, sort_name: sortName(after) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .execute()
  if (shown.profile_name === contact.profile_name) return true
  await recordActivity(tx, deps.clock, workspaceId, [
    {
      contactId,
      kind: 'fieldChanged',
      actor: { type: 'contact', id: contactId },
      data: {
        field: 'profileName',
        from: contact.profile_name,
        to: shown.profile_name,
        source: 'channel',
        by: channelId,
      },
    },
  ])
  if (plan?.named !== true) {
    await indexTexts(tx, workspaceId, [after])
    await markDue(tx, workspaceId, [contactId])
  }
  return true
}

/**
 * Of whom a channel says something that the record does not show yet: `fillFromChannel` is for them. At the cost of one; of
 * absorbed ones it is not known beforehand. Answers the places in the list.
 */
export async function findSaidAnew(tx: Tx, workspaceId: number, list: readonly Heard[]): Promise<Set<number>> {
  const ids = list.map(({ contactId }) => contactId)
  const { rows } = await sql<Selectable<Contact>>`
    select * from contact where workspace_id = ${workspaceId} and id = any(${ids}::bigint[])`.execute(tx)
  const contacts = new Map(rows.map((row) => [row.id, row]))
  const provenances = await findProvenances(tx, workspaceId, ids)
  const isLocal = (heard: Heard) => heard.phone != null && !heard.phone.trimStart().startsWith('+')
  const country = list.some(isLocal) ? await workspaceCountry(tx, workspaceId) : null
  const anew = list.flatMap((heard, place) => {
    const { contactId, bornOn = contactId } = heard
    const contact = contacts.get(contactId)
    if (contact === undefined || bornOn !== contactId) return [place]
    const said = readSender(heard, isLocal(heard) ? country : null)
    const { shown, plan } = planFrom(contact, provenances.get(contactId) ?? {}, said, originOf(heard), heard)
    return plan !== null || !isShown(contact, shown) ? [place] : []
  })
  return new Set(anew)
}

const isShown = (contact: Selectable<Contact>, { profile_name, picture_url }: Selectable<Contact>) =>
  profile_name === contact.profile_name && picture_url === contact.picture_url

const originOf = ({ channelId, now = new Date() }: Heard): Origin => ({ source: 'channel', by: channelId, at: now })

/** Looks at a contact and decides what of the values said it takes over. */
async function planFill(
  tx: Tx,
  workspaceId: number,
  contactId: number,
  said: FieldValues,
  origin: Origin,
  heard: Pick<Heard, 'profileName' | 'pictureUrl'> = {},
): Promise<{ contact: Selectable<Contact>; shown: Selectable<Contact>; plan: EditPlan | null } | null> {
  const contact = await tx
    .selectFrom('contact')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', contactId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (contact === undefined) return null
  const provenance = await findProvenance(tx, workspaceId, contactId)
  return { contact, ...planFrom(contact, provenance, said, origin, heard) }
}

function planFrom(
  contact: Selectable<Contact>,
  provenance: Provenance,
  said: FieldValues,
  origin: Origin,
  heard: Pick<Heard, 'profileName' | 'pictureUrl'>,
): { shown: Selectable<Contact>; plan: EditPlan | null } {
  const values = openTo(contact, provenance, said)
  const shown = {
    ...contact,
    profile_name: heard.profileName || contact.profile_name,
    picture_url: heard.pictureUrl || contact.picture_url,
  }
  return { shown, plan: planEdit(shown, provenance, values, origin) }
}

/** Of what was said, what nobody has decided on; the country of the phone counts more than what a channel calls it. */
function openTo(contact: Selectable<Contact>, provenance: Provenance, said: FieldValues): FieldValues {
  const open = Object.entries(said).filter(([key]) => {
    if (key === 'phoneUnverified') return true
    const field = key as StandardField
    if (field === 'country' && provenance.country?.[0] === 'derived') return false
    return !isDecided(contact, provenance, field, contact[columnOf[field]])
  })
  return Object.fromEntries(open)
}

/** Where the contact's values come from, beyond its birth. */
export async function findProvenance(tx: Tx, workspaceId: number, contactId: number): Promise<Provenance> {
  return (await findProvenances(tx, workspaceId, [contactId])).get(contactId) ?? {}
}

/** The same for several; who has none is as they were born. */
export async function findProvenances(
  tx: Tx,
  workspaceId: number,
  contactIds: readonly number[],
): Promise<Map<number, Provenance>> {
  const rows = await tx
    .selectFrom('contact_provenance')
    .select(['contact_id', 'p'])
    .where('workspace_id', '=', workspaceId)
    .where('contact_id', 'in', contactIds)
    .execute()
  return new Map(rows.map(({ contact_id, p }) => [contact_id, p as Provenance]))
}
