import { z } from 'zod'
import type { CheckResult } from '#contract/channels.ts'
import { ProviderRefusal } from '../provider-refusal.ts'
import { runCheck } from '../run-check.ts'
import { wireAddress } from './address.ts'
import { accountPath, type TwilioAccount, type TwilioAnswer } from './open-account.ts'
import { isService, type TwilioSettings } from './settings.ts'
import { translateError } from './translate-error.ts'

const Account = z.object({ friendly_name: z.string(), status: z.string(), type: z.string().nullish() })
const Numbers = z.object({
  incoming_phone_numbers: z.array(
    z.object({
      phone_number: z.string(),
      sms_url: z.string().nullish(),
      capabilities: z.object({ sms: z.boolean().nullish() }).nullish(),
    }),
  ),
})
const Codes = z.object({ short_codes: z.array(z.object({ short_code: z.string(), sms_url: z.string().nullish() })) })
const Service = z.object({
  friendly_name: z.string(),
  inbound_request_url: z.string().nullish(),
  use_inbound_webhook_on_number: z.boolean().nullish(),
})
const ServiceNumbers = z.object({ phone_numbers: z.array(z.object({ phone_number: z.string() })) })

const WhatsappSenders = z.object({
  senders: z.array(
    z.object({
      sender_id: z.string(),
      status: z.string(),
      profile: z.object({ name: z.string().nullish() }).nullish(),
      webhook: z.object({ callback_url: z.string().nullish() }).nullish(),
    }),
  ),
})

/** The number on which anybody may try WhatsApp at Twilio; it is no sender of the account's. */
const sandbox = '+14155238886'

/** A sender as its account knows it. */
interface Sender {
  readonly shown: string
  readonly webhook: string | null
}

/**
 * Asks Twilio everything that sending and receiving depend on. It changes nothing.
 * Sources below twilio.com/docs: iam/api/account, phone-numbers/api/incomingphonenumber-resource,
 * messaging/api/short-code-resource, messaging/api/service-resource, whatsapp/api/senders
 * @param webhookUrl where a connected line's calls should arrive; null before there is one
 */
export async function checkLine(
  account: TwilioAccount,
  { kind, accountSid, sender }: Pick<TwilioSettings, 'kind' | 'accountSid' | 'sender'>,
  signal: AbortSignal,
  webhookUrl: string | null,
): Promise<CheckResult> {
  const isSandbox = kind === 'whatsapp' && sender === sandbox
  const find = () => {
    if (isService(sender)) return findService(account, sender, signal)
    return kind === 'sms' ? findNumber(account, accountSid, sender, signal) : findOnWhatsapp(account, sender, signal)
  }
  return runCheck([
    {
      step: 'twilioAccount',
      async run() {
        const { friendly_name, status, type } = read(
          Account,
          await account.get('api', `${accountPath(accountSid)}.json`, signal),
        )
        if (status !== 'active') throw new ProviderRefusal({ code: 'account-restricted', detail: status })
        return type === 'Trial' ? `${friendly_name} (Trial)` : friendly_name
      },
    },
    ...(isSandbox ? [] : [{ step: 'sender', run: async () => (await find()).shown }]),
    ...(webhookUrl === null || isSandbox
      ? []
      : [
          {
            step: 'webhook',
            async run() {
              const { webhook } = await find()
              if (webhook === null || webhook === '')
                throw new ProviderRefusal({ code: 'webhook-missing', detail: null })
              if (webhook !== webhookUrl) throw new ProviderRefusal({ code: 'webhook-elsewhere', detail: webhook })
              return null
            },
          },
        ]),
  ])
}

async function findService(account: TwilioAccount, sender: string, signal: AbortSignal): Promise<Sender> {
  const found = read(Service, await account.get('messaging', `v1/Services/${sender}`, signal), 'sender-unknown')
  // told to leave it to each number, the service itself calls nowhere: what its numbers do is not ours to judge
  const webhook = found.use_inbound_webhook_on_number === true ? null : (found.inbound_request_url ?? null)
  return { shown: found.friendly_name, webhook }
}

async function findOnWhatsapp(account: TwilioAccount, sender: string, signal: AbortSignal): Promise<Sender> {
  const path = `v2/Channels/Senders?${new URLSearchParams({ Channel: 'whatsapp', PageSize: '1000' })}`
  const { senders } = read(WhatsappSenders, await account.get('messaging', path, signal))
  const found = senders.find(({ sender_id }) => sender_id === wireAddress('whatsapp', sender))
  if (found === undefined) throw new ProviderRefusal({ code: 'sender-unknown', detail: sender })
  if (!found.status.startsWith('ONLINE')) throw new ProviderRefusal({ code: 'sender-offline', detail: found.status })
  const name = found.profile?.name
  return { shown: name ? `${sender} · ${name}` : sender, webhook: found.webhook?.callback_url ?? null }
}

async function findNumber(
  account: TwilioAccount,
  accountSid: string,
  sender: string,
  signal: AbortSignal,
): Promise<Sender> {
  const root = accountPath(accountSid)
  if (!sender.startsWith('+')) {
    const path = `${root}/SMS/ShortCodes.json?${new URLSearchParams({ ShortCode: sender })}`
    const code = read(Codes, await account.get('api', path, signal)).short_codes[0]
    if (code === undefined) throw new ProviderRefusal({ code: 'sender-unknown', detail: sender })
    return { shown: code.short_code, webhook: code.sms_url ?? null }
  }
  const path = `${root}/IncomingPhoneNumbers.json?${new URLSearchParams({ PhoneNumber: sender })}`
  const number = read(Numbers, await account.get('api', path, signal)).incoming_phone_numbers.find(
    ({ phone_number }) => phone_number === sender,
  )
  if (number === undefined) throw new ProviderRefusal({ code: 'sender-unknown', detail: sender })
  if (number.capabilities?.sms === false) throw new ProviderRefusal({ code: 'sender-without-sms', detail: sender })
  return { shown: number.phone_number, webhook: number.sms_url ?? null }
}

/** The number of a service that has one alone; null where it chooses among several. */
export async function findAddress(account: TwilioAccount, sender: string, signal: AbortSignal): Promise<string | null> {
  if (!isService(sender)) return sender
  const { phone_numbers } = read(
    ServiceNumbers,
    await account.get('messaging', `v1/Services/${sender}/PhoneNumbers?PageSize=2`, signal),
  )
  return phone_numbers.length === 1 ? phone_numbers[0]!.phone_number : null
}

function read<T>(shape: z.ZodType<T>, answer: TwilioAnswer, notFound = 'account-unknown'): T {
  if (answer.ok) {
    const found = shape.safeParse(answer.body)
    if (found.success) return found.data
    throw new ProviderRefusal({ code: 'answer-strange', detail: null })
  }
  const refusal = translateError(answer.status, answer.body)
  throw new ProviderRefusal(answer.status === 404 ? { ...refusal, code: notFound } : refusal)
}
