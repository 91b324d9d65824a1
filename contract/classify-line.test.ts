import { describe, expect, test } from 'vitest'
import { classifyChannels, classifyLine, type ChannelCard } from './classify-line.ts'
import type { ContactChannel, ContactLine } from './contacts.ts'
import { roles } from './policy.ts'

/** What each kind takes for us to write first, as its adapter says it. */
const kinds = {
  whatsapp: 'phone',
  sms: 'phone',
  'custom by phone': 'phone',
  email: 'email',
  messenger: null,
  instagram: null,
  telegram: null,
  webchat: null,
  'custom by id': null,
} as const
const identifiers = {
  nothing: { phone: null, email: null },
  phone: { phone: '+34600000142', email: null },
  email: { phone: null, email: 'lucia@example.com' },
  both: { phone: '+34600000142', email: 'lucia@example.com' },
}
const histories: Record<string, { connectedAt: string | null }[]> = {
  none: [],
  begun: [{ connectedAt: null }],
  exchanged: [{ connectedAt: '2026-05-03T10:00:00.000Z' }],
}
const removal = { contactChannelId: 7, address: '34600000142', at: '2026-05-03T10:00:00.000Z', by: 'Ana' }

const cases = Object.entries(kinds).flatMap(([kind, startsWith]) =>
  Object.entries(identifiers).flatMap(([has, contact]) =>
    Object.entries(histories).flatMap(([history, links]) =>
      [false, true].flatMap((removed) =>
        [false, true].flatMap((isBlocked) =>
          roles.map((role) => ({ kind, startsWith, has, contact, history, links, removed, isBlocked, role })),
        ),
      ),
    ),
  ),
)
type Case = (typeof cases)[number]

const cardOf = ({ startsWith, contact, links, removed, isBlocked, role }: Case, more: Partial<ContactLine> = {}) => {
  const line = { startsWith, isTaken: false, channelState: 'connected' as const, removed: removed ? removal : null }
  const cards = classifyLine({ ...line, ...more }, links, { ...contact, isBlocked }, { role, restrictions: [] })
  expect(cards).toHaveLength(1)
  return cards[0]!
}

/** The rules as the product states them, apart from how they are carried out. */
function promised({ startsWith, contact, history, removed, isBlocked, role }: Case): Omit<ChannelCard<never>, 'link'> {
  const manages = role !== 'agent' && !isBlocked
  const none = { mayStart: false, mayRemove: false, mayRestore: false, mayAdd: null }
  if (history === 'exchanged') return { ...none, group: 'active', reason: 'exchanged', mayRemove: manages }
  const restorable = { ...none, mayRestore: removed && manages }
  if (startsWith === null) return { ...restorable, group: 'unavailable', reason: 'only-contact' }
  if (contact[startsWith] === null)
    return {
      ...restorable,
      group: 'unavailable',
      reason: startsWith === 'phone' ? 'no-phone' : 'no-email',
      mayAdd: isBlocked ? null : startsWith,
    }
  const reason = history === 'begun' ? 'not-through' : startsWith === 'phone' ? 'has-phone' : 'has-email'
  return { ...restorable, group: 'inactive', reason, mayStart: !isBlocked }
}

test('kind, identifiers, history, removal, block and role decide where a channel stands and what may be done there', () => {
  expect(cases).toHaveLength(9 * 4 * 3 * 2 * 2 * 3)
  for (const one of cases) {
    const { link: _link, ...card } = cardOf(one)
    expect({ one, card }).toEqual({ one, card: promised(one) })
  }
})

test('where we could begin, a paused line and an address that is another’s stand in the way, and say so', () => {
  for (const one of cases.filter((each) => promised(each).group === 'inactive')) {
    expect(cardOf(one, { channelState: 'paused' })).toMatchObject({
      group: 'unavailable',
      reason: 'paused',
      mayStart: false,
    })
    expect(cardOf(one, { isTaken: true })).toMatchObject({
      group: 'unavailable',
      reason: 'address-of-another',
      mayStart: false,
    })
    expect(cardOf(one, { channelState: 'broken' })).toEqual(cardOf(one))
  }
})

test('a line that is paused or broken stays active where there was an exchange', () => {
  for (const one of cases.filter(({ history }) => history === 'exchanged'))
    for (const channelState of ['paused', 'broken'] as const) expect(cardOf(one, { channelState })).toEqual(cardOf(one))
})

describe('all of them', () => {
  const line = (channelId: number, change: Partial<ContactLine> = {}): ContactLine => ({
    channelId,
    kind: 'whatsapp',
    channelName: `Línea ${channelId}`,
    channelState: 'connected',
    startsWith: 'phone',
    isTaken: false,
    hasWindow: true,
    inviteUrl: null,
    removed: null,
    ...change,
  })
  const link = (id: number, channelId: number, connectedAt: string | null = '2026-05-03T10:00:00.000Z') =>
    ({ id, channelId, connectedAt }) as ContactChannel
  const contact = (channels: ContactChannel[], lines: ContactLine[]): Parameters<typeof classifyChannels>[0] => ({
    optOuts: [],
    channels,
    lines,
    blocked: null,
    fields: { phone: { value: '+34600000142' }, email: { value: null } },
  })
  const order = (one: Parameters<typeof classifyChannels>[0]) =>
    classifyChannels(one, { role: 'owner', restrictions: [] }).map(
      ({ group, line: { channelId }, link: shown }) => `${group} ${channelId}${shown ? ` by ${shown.id}` : ''}`,
    )

  test('stand by group, one card for each address with an exchange, last used first', () => {
    const lines = [line(1), line(2, { startsWith: 'email', kind: 'email' }), line(3), line(4)]
    expect(order(contact([link(12, 4), link(11, 1), link(10, 4)], lines))).toEqual([
      'active 4 by 12',
      'active 1 by 11',
      'active 4 by 10',
      'inactive 3',
      'unavailable 2',
    ])
  })

  test('leave out lines that are no longer the workspace’s, and what was only begun beside an exchange', () => {
    expect(order(contact([link(10, 9), link(11, 1, null), link(12, 1)], [line(1)]))).toEqual(['active 1 by 12'])
  })
})
