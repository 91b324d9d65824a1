import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Message, ThreadItem } from '#contract/conversations.ts'
import { givenShop, textEvent, words } from '../conversations/testing.ts'
import { startCustomDouble, type CustomDouble } from '../testing/custom-double.ts'
import { brokenLaws } from '../testing/merge-laws.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let double: CustomDouble

beforeAll(async () => {
  double = await startCustomDouble()
  server = await startTestServer({ work: false })
})
afterAll(async () => {
  await server.close()
  await double.close()
})

test('merged, parted and merged again while two hundred messages arrive for each, nobody’s word is lost or another’s', async () => {
  const shop = await givenShop(server, double)
  const { merging, contacts, conversations } = shop.owner.client
  const phones = ['+34600000142', '+34600000143'] as const
  const told: Record<string, string[]> = { [phones[0]]: [], [phones[1]]: [] }
  const hear = async (phone: string, texts: string[]) => {
    told[phone]!.push(...texts)
    expect(
      await shop.post(
        phone,
        texts.map((text) => textEvent(text)),
        { firstName: phone, phone },
      ),
    ).toBe(200)
    await shop.ingest()
  }
  for (const phone of phones) await hear(phone, [`${phone} begins`])
  const { items } = await contacts.list({ sort: 'added' })
  const [one = 0, other = 0] = phones.map((phone) => items.find(({ displayName }) => displayName === phone)!.id)

  const line = async (phone: string) => {
    for (let call = 0; call < 20; call += 1)
      await hear(
        phone,
        Array.from({ length: 10 }, (_, at) => `${phone} ${call * 10 + at}`),
      )
  }
  const mergeAgain = async () => {
    for (let round = 0; round < 6; round += 1) {
      const { mergeId } = await merging.merge({ contactIds: [one, other], survivorId: one })
      await merging.undo({ mergeId })
    }
    return await merging.merge({ contactIds: [one, other], survivorId: one })
  }
  const [{ mergeId }] = await Promise.all([mergeAgain(), ...phones.map(line)])
  const heard = async (contactId: number) => {
    const messages: Message[] = []
    let cursor: string | null = null
    do {
      const { items: found, next }: { items: ThreadItem[]; next: string | null } = await conversations.thread({
        contactId,
        limit: 100,
        cursor,
      })
      messages.push(...found.flatMap((item) => (item.type === 'message' ? [item.message] : [])))
      cursor = next
    } while (cursor !== null)
    return words(messages).toSorted()
  }
  expect(await heard(other)).toEqual(Object.values(told).flat().toSorted())
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
  await merging.undo({ mergeId })
  for (const [at, contactId] of [one, other].entries())
    expect(await heard(contactId)).toEqual(told[phones[at]!]!.toSorted())
  expect(await brokenLaws(server.deps, shop.id)).toEqual([])
})
