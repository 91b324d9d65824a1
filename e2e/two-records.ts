import { ingestChannel } from '../server/conversations/ingest-channel.ts'
import { givenShop, textEvent, words } from '../server/conversations/testing.ts'
import { givenCustom } from '../server/testing/given-channel.ts'
import { waitFor } from '../server/testing/wait-for.ts'
import type { Page } from 'playwright-core'
import { beforeEach } from 'vitest'
import { journeys } from './journeys.ts'

/** A shop in which one person has written by two lines: Lucía, and Lu with the same phone. What journeys do with them, in English. */
export function twoRecords() {
  const here = journeys(givenShop)
  let lucia: number
  let lu: number
  let luSays: (text: string) => Promise<void>

  beforeEach(async () => {
    const { server, integrator, shop } = here
    await shop.hear('+34600000142', '¿Tenéis mesas?', { firstName: 'Lucía', lastName: 'Romero Vidal' })
    lucia = await idOf('Lucía')
    const other = await givenCustom(server, shop.owner, integrator, 'custom')
    luSays = async (text) => {
      const contact = { firstName: 'Lu', lastName: 'Romero', phone: '+34 600 00 01 42', language: 'ca' }
      const { channelId, apiToken } = other.channel.setup
      const body = { channelId, contactId: 'lu77', events: [textEvent(text)], contact }
      const { status } = await integrator.call(other.webhookUrl, body, apiToken)
      if (status !== 200) throw new Error(`refused with ${status}`)
      await ingestChannel(
        server.deps,
        { workspaceId: shop.id, channelId: other.channel.id },
        new AbortController().signal,
      )
    }
    await luSays('Soy Lu')
    lu = await idOf('Lu Romero')
  })

  async function idOf(q: string): Promise<number> {
    const { items } = await here.shop.owner.client.contacts.list({ q, sort: 'added' })
    return items[0]!.id
  }
  const record = (page: Page) => page.getByRole('complementary', { name: 'Contact details' })
  const values = async (contactId: number) => {
    const { id, fields, alternates } = await here.shop.owner.client.contacts.get({ contactId })
    const { firstName, lastName, phone, email, language } = fields
    return {
      id,
      name: [firstName.value, lastName.value].join(' '),
      phone: phone.value,
      email: email.value,
      language: language.value,
      alternates: alternates.map(({ value }) => value),
    }
  }
  return {
    get server() {
      return here.server
    },
    get shop() {
      return here.shop
    },
    get lucia() {
      return lucia
    },
    get lu() {
      return lu
    },
    /** Lu's words come by the other line, which knows people by ids of its own. */
    luSays: (text: string) => luSays(text),
    open: here.open,
    record,
    card: (page: Page) => record(page).getByRole('region', { name: 'Possible duplicate' }),
    field: (page: Page, label: string, value = '') =>
      record(page).getByRole('button', { name: new RegExp(`^${label}: ${value.replaceAll('+', '\\+')}`) }),
    says: (page: Page, text: string) => page.getByRole('status').filter({ hasText: text }).first().waitFor(),
    option: (page: Page, group: string, value: string) =>
      page
        .getByRole('radiogroup', { name: group })
        .getByRole('radio', { name: new RegExp(`^${value.replaceAll('+', '\\+')}(?!\\p{L})`, 'u') }),
    at: (page: Page, path: string) =>
      waitFor(`the address ${path}`, () => page.url().includes(`/w/${here.shop.id}${path}`)),
    values,
    apart: async () => [await values(lucia), await values(lu)],
    heard: async (contactId: number) => words(await here.shop.messages(contactId)),
  }
}
