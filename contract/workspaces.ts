import { z } from 'zod'
import { reads, writes } from './base.ts'
import { blockingOffers, restrictions, roles } from './policy.ts'
import { Country, Id, Nothing, Timestamp, UiLanguage, name } from './primitives.ts'

export const Workspace = z.object({
  id: Id,
  name: z.string(),
  /** Read for phones typed without a country code. */
  defaultCountry: Country.nullable(),
  timeZone: z.string(),
  language: UiLanguage,
  /** For how long what a blocked contact sends is kept apart. */
  heldDays: z.number().int(),
  /** Whom the Inbox offers to block a contact; in the Contacts module Owners and Managers always may. */
  blockingInInbox: z.enum(blockingOffers),
  /** More contacts than this at once are neither tagged nor exported; null: as many as there are. Owners change it. */
  bulkLimit: z.number().int().nullable(),
  /** The day of the month on which billing cycles begin, from the end of the present one on. */
  billingDay: z.number().int(),
  createdAt: Timestamp,
  /** Nothing has ever come in and nothing was added: the Inbox explains how to begin. */
  empty: z.boolean(),
})
export type Workspace = z.infer<typeof Workspace>

export const TimeZone = z.string().refine(
  (zone) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
    } catch {
      return false
    }
  },
  { error: 'time zone is not known' },
)

export const workspaces = {
  /** The signed-in person's workspaces, by name. */
  list: reads('account', '/workspaces').output(
    z.object({ items: z.array(z.object({ id: Id, name: z.string(), role: z.enum(roles) })) }),
  ),
  create: writes('account', '/workspaces')
    .input(z.object({ name: name(80), defaultCountry: Country.nullable(), timeZone: TimeZone, language: UiLanguage }))
    .output(z.object({ id: Id })),
  get: reads('workspace.view', '/workspace').output(
    Workspace.extend({
      me: z.object({
        memberId: Id,
        name: z.string(),
        email: z.string(),
        role: z.enum(roles),
        restrictions: z.array(z.enum(restrictions)),
        teamId: Id.nullable(),
      }),
    }),
  ),
  update: writes('settings.workspace', '/workspace', 'PATCH')
    .input(
      z.object({
        name: name(80).optional(),
        defaultCountry: Country.nullable().optional(),
        timeZone: TimeZone.optional(),
        language: UiLanguage.optional(),
        heldDays: z.number().int().min(1).max(365).optional(),
        blockingInInbox: z.enum(blockingOffers).optional(),
        billingDay: z.number().int().min(1).max(28).optional(),
        bulkLimit: z.number().int().min(1).max(1_000_000).nullable().optional(),
      }),
    )
    .output(Workspace),
  /** Fills an empty workspace with a sample shop: people, conversations, channels that send nowhere. */
  addSampleData: writes('channels.manage', '/workspace/sample-data').output(Nothing),
}
