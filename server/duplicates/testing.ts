import { givenWorkspace, type GivenMember } from '../testing/given.ts'
import type { TestServer } from '../testing/test-server.ts'
import { suggestDuplicates } from './suggest-duplicates.ts'

type Values = Record<string, string | null>

/** A workspace whose contacts are compared when the test says so. */
export interface Crowd {
  readonly id: number
  readonly owner: GivenMember
  readonly manager: GivenMember
  /** Makes a contact. Answers its number. */
  add(values: Values): Promise<number>
  edit(contactId: number, values: Values): Promise<void>
  /** Compares whoever changed. */
  compare(): Promise<void>
  /** Compares whoever changed. Answers the open suggestions as `1–2 A`, by the contacts' numbers. */
  suggested(): Promise<string[]>
  /** Makes the contact blocked, or no longer so. */
  block(contactId: number, isBlocked: boolean): Promise<void>
}

export async function givenCrowd(server: TestServer): Promise<Crowd> {
  const { id, owner, manager } = await givenWorkspace(server)
  const { blocking, contacts, duplicates } = owner.client
  const crowd: Crowd = {
    id,
    owner,
    manager,
    add: async (values) => (await contacts.create({ values })).id,
    edit: async (contactId, values) => void (await contacts.update({ contactId, values })),
    compare: () => suggestDuplicates(server.deps, { workspaceId: id }, new AbortController().signal),
    async suggested() {
      await crowd.compare()
      const { items } = await duplicates.list({ tiers: ['A', 'B', 'C'], limit: 100 })
      return items
        .toSorted((x, y) => x.a.id - y.a.id || x.b.id - y.b.id)
        .map(({ a, b, tier }) => `${a.id}–${b.id} ${tier}`)
    },
    async block(contactId, isBlocked) {
      await (isBlocked ? blocking.block({ contactId }) : blocking.unblock({ contactId }))
    },
  }
  return crowd
}
