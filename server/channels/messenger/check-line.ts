import { z } from 'zod'
import type { CheckResult } from '#contract/channels.ts'
import type { Graph, GraphAnswer } from '../meta/graph.ts'
import { readAnswer } from '../meta/read-answer.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { runCheck } from '../run-check.ts'
import type { PlatformSettings } from './settings.ts'
import { translateError } from './translate-error.ts'

const Page = z.object({ id: z.string(), name: z.string() })
const Token = z.object({
  data: z.object({
    app_id: z.string(),
    scopes: z.array(z.string()).default([]),
    profile_id: z.string().optional(),
  }),
})
const Apps = z.object({
  data: z.array(z.object({ id: z.string(), subscribed_fields: z.array(z.string()).default([]) })),
})
const Subscriptions = z.object({
  data: z.array(
    z.object({ object: z.string(), callback_url: z.string().optional(), active: z.boolean().default(true) }),
  ),
})

const Linked = z.object({ instagram_business_account: z.object({ id: z.string(), username: z.string() }).optional() })

const needed: Readonly<Record<PlatformSettings['kind'], readonly string[]>> = {
  messenger: ['pages_messaging', 'pages_manage_metadata'],
  instagram: ['instagram_basic', 'instagram_manage_messages', 'pages_manage_metadata'],
}

/** What the page's app is to hear of. */
export const pageFields = [
  'messages',
  'messaging_postbacks',
  'message_deliveries',
  'message_reads',
  'message_echoes',
  'message_reactions',
  'message_edits',
  'standby',
]

/**
 * Asks Meta everything that receiving and sending depend on. It changes nothing here; at Meta it subscribes the app to the
 * page's events where that had not been done, which only its API can do.
 * Sources: developers.facebook.com/docs/graph-api/reference/page/subscribed_apps, …/reference/app/subscriptions,
 * …/reference/debug_token; developers.facebook.com/documentation/business-messaging/messenger-platform/get-started
 * @param webhookUrl where a connected line's calls should arrive; null before there is one
 */
export async function checkLine(
  graph: Graph,
  settings: PlatformSettings,
  signal: AbortSignal,
  webhookUrl: string | null,
): Promise<CheckResult> {
  const { kind, pageId, accessToken, appSecret } = settings
  const token = async () => read(Token, await graph.get('debug_token', { input_token: accessToken }, signal)).data
  return runCheck([
    {
      step: 'page',
      run: async () => read(Page, await graph.get(pageId, { fields: 'id,name' }, signal)).name,
    },
    ...(settings.kind === 'instagram'
      ? [{ step: 'instagramAccount', run: async () => `@${await findUsername(graph, settings, signal)}` }]
      : []),
    {
      step: 'permissions',
      async run() {
        const { scopes, profile_id } = await token()
        const missing = needed[kind].filter((scope) => !scopes.includes(scope))
        if (missing.length > 0) throw new ProviderRefusal({ code: 'not-permitted', detail: missing.join(', ') })
        // a person's token reads the page, but only the page's own sends
        if (profile_id !== undefined && profile_id !== pageId)
          throw new ProviderRefusal({ code: 'token-of-another', detail: profile_id })
        return null
      },
    },
    {
      step: 'subscription',
      async run() {
        const { app_id } = await token()
        const { data } = read(Apps, await graph.get(`${pageId}/subscribed_apps`, {}, signal))
        const fields = data.find(({ id }) => id === app_id)?.subscribed_fields ?? []
        // Instagram's events come once the page is subscribed to anything
        const asked = kind === 'messenger' ? pageFields : fields.length > 0 ? [] : ['feed']
        if (asked.every((field) => fields.includes(field))) return null
        const wanted = [...new Set([...fields, ...asked])]
        const made = await graph.post(`${pageId}/subscribed_apps`, { subscribed_fields: wanted.join(',') }, signal)
        read(z.unknown(), made)
        return null
      },
    },
    ...(webhookUrl === null
      ? []
      : [
          {
            step: 'webhook',
            async run() {
              const { app_id } = await token()
              const answer = await graph.get(`${app_id}/subscriptions`, {}, signal, `${app_id}|${appSecret}`)
              const where = read(Subscriptions, answer).data.find(({ object }) => object === objectOf[kind])
              if (where?.callback_url === undefined || !where.active)
                throw new ProviderRefusal({ code: 'webhook-missing', detail: null })
              if (where.callback_url !== webhookUrl)
                throw new ProviderRefusal({ code: 'webhook-elsewhere', detail: where.callback_url })
              return null
            },
          },
        ]),
  ])
}

/** What webhooks of each kind speak of. */
export const objectOf = { messenger: 'page', instagram: 'instagram' } as const

/** The page or the account as people know it. */
export async function findAddress(graph: Graph, settings: PlatformSettings, signal: AbortSignal): Promise<string> {
  if (settings.kind === 'instagram') return `@${await findUsername(graph, settings, signal)}`
  return read(Page, await graph.get(settings.pageId, { fields: 'id,name' }, signal)).name
}

/** Source: developers.facebook.com/documentation/business-messaging/instagram-messaging/get-started */
async function findUsername(
  graph: Graph,
  { pageId, instagramId }: Extract<PlatformSettings, { kind: 'instagram' }>,
  signal: AbortSignal,
): Promise<string> {
  const fields = 'instagram_business_account{id,username}'
  const linked = read(Linked, await graph.get(pageId, { fields }, signal)).instagram_business_account
  if (linked?.id === instagramId) return linked.username
  throw new ProviderRefusal({ code: 'instagram-elsewhere', detail: linked?.id ?? null })
}

const read = <T>(shape: z.ZodType<T>, answer: GraphAnswer): T =>
  readAnswer(shape, answer, translateError, 'page-unknown')
