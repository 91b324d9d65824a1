import { setImmediate as breathe } from 'node:timers/promises'
import type { Pool } from 'pg'
import { addressKeyOf as mailKeyOf } from '../../server/channels/email/read-sender.ts'
import { addressKeyOf as whatsappKeyOf } from '../../server/channels/whatsapp/address.ts'
import { searchText } from '../../server/contacts/search-text.ts'
import { sortName } from '../../server/contacts/sort-name.ts'
import { keysOf } from '../../server/identity/index-keys.ts'
import { personAt } from './person.ts'

export interface Filling {
  readonly workspaceId: number
  readonly memberId: number
  readonly whatsappId: number
  readonly mailId: number
  /** Contacts, and their conversations and WhatsApp links, are numbered from 1; mail links follow. */
  readonly count: number
}

const chunk = 5000
const messagesEach = 6
const dayUs = 86_400_000_000

/**
 * Fills an empty workspace with people who have written before, set by set: each with a record, a WhatsApp link, a mailbox
 * and one conversation of six messages within ninety days; one in ten is open and assigned, one in twenty is there twice. What is derived (sort name,
 * search text, keys) is made by the server's own code. Works from a thousand to a million.
 */
export async function fillContacts(pool: Pool, filling: Filling): Promise<void> {
  const { workspaceId, count } = filling
  const start = (Date.now() - 1000) * 1000 - 90 * dayUs
  // a multiple of eight: the lowest bits of an id are its process's
  const step = Math.floor((90 * dayUs) / (messagesEach * count) / 8) * 8
  const times = { start: Math.floor(start / 8) * 8, step }
  // the next people are thought up while PostgreSQL writes the last
  let people = await describePeople(filling, times, 0)
  while (people.length > 0) {
    const next = people.at(-1)?.id ?? count
    ;[people] = await Promise.all([describePeople(filling, times, next), fillRecords(pool, filling, people)])
  }
  // the n-th message of everybody before the next of anybody: threads lie scattered, as in a database that grew
  for (let nth = 0; nth < messagesEach; nth++)
    for (let from = 0; from < count; from += 20 * chunk)
      await fillMessages(pool, filling, times, nth, from, Math.min(count, from + 20 * chunk))
  await pool.query('update workspace set first_contact_at = now() where id = $1', [workspaceId])
  await pool.query(
    `insert into counter (workspace_id, kind, last)
     select $1, kind, $2 from unnest('{contact,contactChannel,conversation}'::text[]) kind
     on conflict (workspace_id, kind) do update set last = greatest(counter.last, excluded.last)`,
    [workspaceId, 2 * count],
  )
  await pool.query('vacuum (analyze)')
  // only some roles may; whoever may not has a checkpoint fall into the measuring, as in life
  await pool.query('checkpoint').catch(() => undefined)
}

interface Times {
  /** Microseconds, as ids are. */
  readonly start: number
  readonly step: number
}

async function describePeople({ count }: Filling, times: Times, from: number) {
  const people: ReturnType<typeof describePerson>[] = []
  for (let number = from; number < Math.min(count, from + chunk); number++) {
    // lets what is being sent go on its way
    if (number % 100 === 0) await breathe()
    people.push(describePerson(times, count, number))
  }
  return people
}

function describePerson(times: Times, count: number, number: number) {
  const { phone: address, email, language } = personAt(number)
  // one in twenty is the person before, by the name and the phone that the record says
  const { firstName, lastName, phone } = personAt(number % 20 === 19 ? number - 1 : number)
  const named = { first_name: firstName, last_name: lastName, profile_name: `${firstName} ${lastName}`, phone, email }
  return {
    ...named,
    address: address.slice(1),
    id: number + 1,
    language,
    sort_name: sortName(named),
    txt: searchText(named, new Set()),
    keys: keysOf(named),
    whatsapp_key: whatsappKeyOf(address.slice(1)),
    mail_key: mailKeyOf(email),
    is_open: number % 10 === 0,
    ...linesOf(times, count, number),
  }
}

async function fillRecords(pool: Pool, filling: Filling, people: readonly object[]): Promise<void> {
  const { workspaceId, memberId, whatsappId, mailId, count } = filling
  await pool.query(
    `with given as (select $1::jsonb people, $2::bigint ws, $3::bigint member, $4::bigint whatsapp, $5::bigint mail, $6::bigint count),
     person as materialized (
       select p.*, to_timestamp(first_line / 1e6) as born, to_timestamp(last_line / 1e6) as last, ws, member, whatsapp, mail, count
       from given g, jsonb_to_recordset(g.people) p (id bigint, first_name text, last_name text, profile_name text, phone text,
         address text, email text, language text, sort_name text, txt text, keys jsonb, whatsapp_key text, mail_key text, is_open boolean,
         first_line bigint, last_line bigint)
     ), record as (
       insert into contact (workspace_id, id, created_at, sort_name, first_name, last_name, profile_name, email, phone,
         country, language, born_source, born_by)
       select ws, id, born, sort_name, first_name, last_name, profile_name, email, phone, 'ES', language, 'channel', whatsapp
       from person
     ), origin as (
       insert into contact_provenance (workspace_id, contact_id, p)
       select ws, id, jsonb_build_object('country', jsonb_build_array('derived', null, born)) from person
     ), search as (
       insert into contact_search (workspace_id, contact_id, txt) select ws, id, txt from person
     ), key as (
       insert into identity_key (workspace_id, key, contact_id, strength)
       select ws, k->>'key', id, k->>'strength' from person, jsonb_array_elements(keys) k
     ), link as (
       insert into contact_channel (workspace_id, id, channel_id, contact_id, owner_id, address, address_key, profile_name,
         connected_at, created_at, last_in_at, last_message_id)
       select ws, id, whatsapp, id, id, address, whatsapp_key, profile_name, born, born, last, last_line from person
       union all select ws, id + count, mail, id, id, email, mail_key, profile_name, born, born, null, null from person
     ), talk as (
       insert into conversation (workspace_id, id, contact_id, owner_id, channel_id, opened_at, opened_source, first_in_id,
         incoming, outgoing, assignee_id, closed_at, closed_source, closed_by)
       select ws, id, id, id, whatsapp, born, 'contact', first_line, 4, 2, case when is_open then member end,
         case when not is_open then last end, case when not is_open then 'member' end, case when not is_open then member end
       from person
     ), state as (
       insert into contact_state (workspace_id, contact_id, status, assignee_id, last_message_at, last_message_id, last_in_id,
         last_channel_id, last_in_contact_channel_id, conversation_id)
       select ws, id, case when is_open then 1 else 3 end, case when is_open then member end, last, last_line, last_line,
         whatsapp, id, case when is_open then id end
       from person
     )
     insert into activity (workspace_id, id, contact_id, kind, actor_type, actor_id, data)
     select ws, first_line, id, 'contactCreated', 'contact', id, '{"source": "channel"}' from person`,
    [JSON.stringify(people), workspaceId, memberId, whatsappId, mailId, count],
  )
}

const linesOf = ({ start, step }: Times, count: number, number: number) => ({
  first_line: start + number * step,
  last_line: start + ((messagesEach - 1) * count + number) * step,
})

/** The n-th message of each: the second and the fourth are answers. */
async function fillMessages(
  pool: Pool,
  { workspaceId, memberId, whatsappId, count }: Filling,
  { start, step }: Times,
  nth: number,
  from: number,
  to: number,
): Promise<void> {
  const incoming = nth !== 1 && nth !== 3
  await pool.query(
    `with line as (
       select $1::bigint ws, $2::bigint channel, $3::bigint + ($4::bigint * $5::bigint + number) * $6::bigint as id, number + 1 as contact_id
       from generate_series($7::bigint, $8::bigint - 1) number
     ), seen as (
       insert into message_seen (workspace_id, channel_id, ext_hash, message_id, contact_id, seen_at)
       select ws, channel, md5('bench' || id)::uuid, id, contact_id, to_timestamp(id / 1e6) from line
     )
     insert into message (workspace_id, id, contact_id, conversation_id, channel_id, contact_channel_id, incoming, sender_type,
       sender_id, status, ext_id, body)
     select ws, id, contact_id, contact_id, channel, contact_id, $9::boolean, $10, $11::bigint, $12, 'bench' || id,
       jsonb_build_object('type', 'text', 'text', 'Hola, soy la persona ' || contact_id || ' y pregunto por el pedido ' || id % 9973)
     from line`,
    [
      workspaceId,
      whatsappId,
      start,
      nth,
      count,
      step,
      from,
      to,
      incoming,
      incoming ? 'contact' : 'member',
      incoming ? null : memberId,
      incoming ? 0 : 4,
    ],
  )
}
