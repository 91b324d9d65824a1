import { z } from 'zod'
import type { MessageTemplate } from '#contract/channels.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { TwilioAccount } from './open-account.ts'
import { translateError } from './translate-error.ts'

/** More pages than any account has: a list that never ends does not keep us. */
const mostPages = 50

const Page = z.object({
  contents: z.array(z.unknown()),
  meta: z.object({ next_page_url: z.string().nullish() }).optional(),
})

/**
 * The account's content templates that WhatsApp has approved and that can be sent from here.
 * Source: twilio.com/docs/content/content-api-resources (fetch content and approval status)
 * @throws ProviderRefusal when Twilio refuses, OutgoingFailure when it does not answer
 */
export async function readTemplates(account: TwilioAccount, signal: AbortSignal): Promise<MessageTemplate[]> {
  const templates: MessageTemplate[] = []
  let query = new URLSearchParams({ PageSize: '500' }).toString()
  for (let page = 0; page < mostPages; page++) {
    const answer = await account.get('content', `v1/ContentAndApprovals?${query}`, signal)
    const read = Page.safeParse(answer.body)
    if (!answer.ok || !read.success) throw new ProviderRefusal(translateError(answer.status, answer.body))
    templates.push(...read.data.contents.flatMap((item) => parseTemplate(item) ?? []))
    const next = read.data.meta?.next_page_url
    if (next === null || next === undefined || !URL.canParse(next)) break
    // only the place in the list is taken from it: the address stays ours
    query = new URL(next).search.slice(1)
  }
  return templates
}

const Template = z.object({
  sid: z.string().regex(/^HX[0-9a-fA-F]{32}$/),
  friendly_name: z.string().min(1),
  language: z.string().min(1),
  types: z.record(z.string(), z.unknown()),
  approval_requests: z.object({ status: z.string(), category: z.string().nullish(), name: z.string().nullish() }),
})

/** Of these only the words change from one message to the next. */
const plainTypes = ['twilio/text', 'twilio/quick-reply', 'whatsapp/card']

const list = z.array(z.unknown()).nullish()
const Content = z.object({
  body: z.string(),
  header_text: z.string().nullish(),
  footer: z.string().nullish(),
  media: list,
  actions: list,
})

/**
 * Reads one template. Pure.
 * @returns null for one that is not approved, or needs what we cannot give: a picture, a code, a catalogue, a link's ending
 */
export function parseTemplate(item: unknown): MessageTemplate | null {
  const template = Template.safeParse(item).data
  if (template === undefined || template.approval_requests.status !== 'approved') return null
  const { sid, friendly_name, language, types, approval_requests } = template
  const type = plainTypes.find((name) => Object.hasOwn(types, name))
  const content = type === undefined ? undefined : Content.safeParse(types[type]).data
  if (content === undefined || !isPlain(content)) return null
  const { body, header_text: header = null, footer = null } = content
  return {
    providerId: sid,
    name: approval_requests.name ?? friendly_name,
    language,
    category: approval_requests.category?.toLowerCase() ?? null,
    body,
    header,
    footer,
    variables: placeholders(`${header ?? ''} ${body}`),
  }
}

/** No media, and nothing in its buttons to be filled in. */
const isPlain = ({ media, actions }: z.infer<typeof Content>) =>
  (media ?? []).length === 0 && placeholders(JSON.stringify(actions ?? [])).length === 0

const placeholders = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!)),
]
