import { z } from 'zod'
import type { CheckResult } from '#contract/channels.ts'
import { phoneKey } from '../../identity/phone-key.ts'
import type { Graph, GraphAnswer } from '../meta/graph.ts'
import { readAnswer } from '../meta/read-answer.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { runCheck } from '../run-check.ts'
import type { WhatsappSettings } from './settings.ts'
import { translateError } from './translate-error.ts'

const PhoneNumber = z.object({
  display_phone_number: z.string(),
  verified_name: z.string().optional(),
  webhook_configuration: z
    .object({
      phone_number: z.string().optional(),
      whatsapp_business_account: z.string().optional(),
      application: z.string().optional(),
    })
    .optional()
    .catch(undefined),
})
const PhoneNumbers = z.object({ data: z.array(z.object({ id: z.string() })) })
const Token = z.object({ data: z.object({ scopes: z.array(z.string()).default([]) }) })
const Apps = z.object({ data: z.array(z.unknown()) })

const needed = ['whatsapp_business_messaging', 'whatsapp_business_management']

/**
 * Asks WhatsApp everything that receiving and sending depend on. It changes nothing here; at WhatsApp it subscribes the
 * app to the account's events where that had not been done, which only its API can do.
 * Sources below developers.facebook.com/documentation/business-messaging/whatsapp: business-phone-numbers/phone-numbers,
 * solution-providers/manage-webhooks, webhooks/override; and developers.facebook.com/docs/graph-api/reference/debug_token
 * @param webhookUrl where a connected line's calls should arrive; null before there is one
 */
export async function checkLine(
  graph: Graph,
  settings: WhatsappSettings,
  signal: AbortSignal,
  webhookUrl: string | null,
): Promise<CheckResult> {
  const { phoneNumberId, businessAccountId, accessToken } = settings
  const phoneNumber = async () =>
    read(
      PhoneNumber,
      await graph.get(phoneNumberId, { fields: 'display_phone_number,verified_name,webhook_configuration' }, signal),
    )
  return runCheck([
    {
      step: 'phoneNumber',
      async run() {
        const { display_phone_number, verified_name } = await phoneNumber()
        return verified_name === undefined ? display_phone_number : `${display_phone_number} · ${verified_name}`
      },
    },
    {
      step: 'account',
      async run() {
        const numbers = await graph.get(`${businessAccountId}/phone_numbers`, { fields: 'id', limit: '100' }, signal)
        if (!read(PhoneNumbers, numbers).data.some(({ id }) => id === phoneNumberId))
          throw new ProviderRefusal({ code: 'number-elsewhere', detail: null })
        return null
      },
    },
    {
      step: 'permissions',
      async run() {
        const token = read(Token, await graph.get('debug_token', { input_token: accessToken }, signal))
        const missing = needed.filter((scope) => !token.data.scopes.includes(scope))
        if (missing.length > 0) throw new ProviderRefusal({ code: 'not-permitted', detail: missing.join(', ') })
        return null
      },
    },
    {
      step: 'subscription',
      async run() {
        const apps = read(Apps, await graph.get(`${businessAccountId}/subscribed_apps`, {}, signal))
        if (apps.data.length > 0) return null
        const made = await graph.post(`${businessAccountId}/subscribed_apps`, {}, signal)
        if (!made.ok) throw new ProviderRefusal(translateError(made.status, made.error))
        return null
      },
    },
    ...(webhookUrl === null
      ? []
      : [
          {
            step: 'webhook',
            async run() {
              const where = (await phoneNumber()).webhook_configuration
              const present = where?.phone_number ?? where?.whatsapp_business_account ?? where?.application
              if (present === undefined) throw new ProviderRefusal({ code: 'webhook-missing', detail: null })
              if (present !== webhookUrl) throw new ProviderRefusal({ code: 'webhook-elsewhere', detail: present })
              return null
            },
          },
        ]),
  ])
}

/** The number as people dial it, `+34600000142`. */
export async function findAddress(graph: Graph, phoneNumberId: string, signal: AbortSignal): Promise<string | null> {
  const { display_phone_number: shown } = read(
    PhoneNumber,
    await graph.get(phoneNumberId, { fields: 'display_phone_number' }, signal),
  )
  return phoneKey(`+${shown.replace(/\D/g, '')}`).e164 ?? shown
}

const read = <T>(shape: z.ZodType<T>, answer: GraphAnswer): T =>
  readAnswer(shape, answer, translateError, 'number-unknown')
