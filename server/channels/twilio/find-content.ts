import { createHash } from 'node:crypto'
import { z } from 'zod'
import { MessageTemplate } from '#contract/channels.ts'
import type { OutgoingBody } from '#contract/conversations.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import type { TwilioAccount } from './open-account.ts'
import type { UsedContent } from './plan-message.ts'
import { readTemplates } from './read-templates.ts'
import type { TwilioLine } from './settings.ts'
import { translateError } from './translate-error.ts'

type Question = Extract<OutgoingBody, { type: 'buttons' }>

/**
 * What a message that is no plain text is made from at Twilio: an approved template by its id, or the content of a question
 * with buttons, which is made where there is none yet. Harmless to repeat.
 * @throws ProviderRefusal, OutgoingFailure when there is no answer
 */
export async function findContent(
  account: TwilioAccount,
  line: Pick<TwilioLine, 'progress'>,
  body: OutgoingBody,
  signal: AbortSignal,
): Promise<UsedContent | null> {
  switch (body.type) {
    case 'text':
      return null
    case 'template':
      return { sid: await templateSid(account, line, body, signal), variables: tidy(body.variables) }
    case 'buttons':
      return { sid: await questionSid(account, body, signal), variables: {} }
  }
}

const Known = z.object({ templates: z.array(MessageTemplate) })

async function templateSid(
  account: TwilioAccount,
  { progress }: Pick<TwilioLine, 'progress'>,
  { name, language }: Extract<OutgoingBody, { type: 'template' }>,
  signal: AbortSignal,
): Promise<string> {
  const isIt = (template: MessageTemplate) => template.name === name && template.language === language
  const seen = Known.safeParse(progress).data?.templates.find(isIt)
  const found = seen ?? (await readTemplates(account, signal)).find(isIt)
  if (found?.providerId === undefined) throw new ProviderRefusal({ code: 'template-missing', detail: null })
  return found.providerId
}

/** New lines, tabs and long gaps are not allowed in a variable. */
const tidy = (variables: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, value.replace(/\s+/g, ' ').trim()]))

const Found = z.object({ contents: z.array(z.object({ sid: z.string(), friendly_name: z.string() })) })
const Made = z.object({ sid: z.string() })

/**
 * Buttons can only be sent as a content of their own, which within the 24 hours needs no approval. It is named by what it
 * says: the same question is made once, however often it is asked.
 * Source: twilio.com/docs/content/twilio-quick-reply, …/twilio-list-picker and …/content-api-resources
 */
async function questionSid(account: TwilioAccount, body: Question, signal: AbortSignal): Promise<string> {
  const name = `ficha_${hash(body)}`
  const search = await account.get('content', `v2/Content?${new URLSearchParams({ ContentName: name })}`, signal)
  const known = Found.safeParse(search.body).data?.contents.find(({ friendly_name }) => friendly_name === name)
  if (known !== undefined) return known.sid
  // what language the words are in nobody says, and nothing depends on it without an approval
  const content = { friendly_name: name, language: 'en', types: planQuestion(body) }
  const made = await account.post('content', 'v1/Content', content, signal)
  const sid = Made.safeParse(made.body).data?.sid
  if (!made.ok || sid === undefined) throw new ProviderRefusal(translateError(made.status, made.body))
  return sid
}

const hash = ({ text, choices }: Question) =>
  createHash('sha256')
    .update(JSON.stringify([text, choices]))
    .digest('hex')
    .slice(0, 32)

/** Up to three choices are buttons, more are a list. */
function planQuestion({ text, choices }: Question): Record<string, unknown> {
  const named = choices.map((words, at) => ({ id: `choice-${at + 1}`, words }))
  if (choices.length <= 3)
    return { 'twilio/quick-reply': { body: text, actions: named.map(({ id, words }) => ({ id, title: words })) } }
  // the list opens by a button, which needs a label in no language
  return {
    'twilio/list-picker': { body: text, button: '☰', items: named.map(({ id, words }) => ({ id, item: words })) },
  }
}
