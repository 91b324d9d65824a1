import { z } from 'zod'
import type { MessageTemplate } from '#contract/channels.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { Graph } from '../meta/graph.ts'
import { headerVariable } from './plan-message.ts'
import { translateError } from './translate-error.ts'

/** More pages than any account has: a list that never ends does not keep us. */
const mostPages = 50

const Page = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().optional() }).optional(), next: z.string().optional() })
    .optional(),
})

/**
 * The account's approved templates that can be sent from here.
 * Source: developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management
 * @throws ProviderRefusal when WhatsApp refuses, OutgoingFailure when it does not answer
 */
export async function readTemplates(
  graph: Graph,
  businessAccountId: string,
  signal: AbortSignal,
): Promise<MessageTemplate[]> {
  const templates: MessageTemplate[] = []
  let after: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const answer = await graph.get(
      `${businessAccountId}/message_templates`,
      {
        fields: 'name,language,status,category,components',
        status: 'APPROVED',
        limit: '100',
        ...(after === undefined ? {} : { after }),
      },
      signal,
    )
    const read = Page.safeParse(answer.body)
    if (!answer.ok || !read.success) throw new ProviderRefusal(translateError(answer.status, answer.error))
    templates.push(...read.data.data.flatMap((item) => parseTemplate(item) ?? []))
    after = read.data.paging?.cursors?.after
    if (read.data.paging?.next === undefined || after === undefined) break
  }
  return templates
}

const Component = z.object({
  type: z.string().transform((type) => type.toUpperCase()),
  format: z.string().optional(),
  text: z.string().optional(),
  buttons: z.array(z.object({ type: z.string(), url: z.string().optional() })).optional(),
})
const Template = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().nullish(),
  components: z.array(Component),
})

/**
 * Reads one template. Pure.
 * @returns null for one that needs what we cannot give: a picture in its header, a code, a catalogue, a link's ending
 */
export function parseTemplate(item: unknown): MessageTemplate | null {
  const template = Template.safeParse(item).data
  if (template === undefined || template.status !== 'APPROVED' || !template.components.every(isPlain)) return null
  const textOf = (type: string) => template.components.find((component) => component.type === type)?.text ?? null
  const body = textOf('BODY')
  if (body === null) return null
  const header = textOf('HEADER')
  return {
    name: template.name,
    language: template.language,
    category: template.category?.toLowerCase() ?? null,
    body,
    header,
    footer: textOf('FOOTER'),
    variables: [...placeholders(header ?? '').map(headerVariable), ...placeholders(body)],
  }
}

type ComponentShape = z.infer<typeof Component>

function isPlain({ type, format, buttons }: ComponentShape): boolean {
  if (type === 'BODY' || type === 'FOOTER') return true
  if (type === 'HEADER') return format === undefined || format === 'TEXT'
  return type === 'BUTTONS' && (buttons ?? []).every(isPlainButton)
}

const isPlainButton = ({ type, url }: { type: string; url?: string | undefined }) =>
  type === 'QUICK_REPLY' || type === 'PHONE_NUMBER' || (type === 'URL' && placeholders(url ?? '').length === 0)

const placeholders = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!)),
]
