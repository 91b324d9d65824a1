import type { ChannelSettings } from '#contract/channels.ts'
import { guessProvider, providerOf, serversOf, type ProviderId, type Security } from './mail-providers.ts'

export type ConnectableKind = ChannelSettings['kind']
/** In the order they are offered. */
export const connectableKinds: readonly ConnectableKind[] = [
  'whatsapp',
  'messenger',
  'instagram',
  'telegram',
  'webchat',
  'sms',
  'email',
  'custom',
]

/** Is there a form for this kind? */
export const isConnectable = (kind: string): kind is ConnectableKind => connectableKinds.some((one) => one === kind)

export interface ServerDraft {
  host: string
  /** As typed. */
  port: string
  security: Security
  user: string
  password: string
}

type Settings<Kind extends ConnectableKind> = Extract<ChannelSettings, { kind: Kind }>
export type MetaDraft = Extract<Settings<'whatsapp'>, { provider?: 'meta' | undefined }>
/** A number by Twilio, whatever it carries. */
export type TwilioDraft = Omit<Settings<'sms'>, 'kind'>
export type MessengerDraft = Settings<'messenger'>
export type InstagramDraft = Settings<'instagram'>
export interface WhatsappDraft {
  kind: 'whatsapp'
  provider: 'meta' | 'twilio'
  meta: MetaDraft
  twilio: TwilioDraft
}
export type TelegramDraft = Settings<'telegram'>
/** The sites as typed, one a line. */
export type WebchatDraft = Omit<Settings<'webchat'>, 'origins'> & { origins: string }
export type SmsDraft = Settings<'sms'>
export type CustomDraft = Settings<'custom'>
export interface EmailDraft {
  kind: 'email'
  address: string
  displayName: string
  /** Whose servers stand below; null until one is chosen or told from the address. */
  provider: ProviderId | null
  smtp: ServerDraft
  imap: ServerDraft & { folder: string }
  /** By IMAP; otherwise mail comes by the built-in listener only. */
  fetches: boolean
  /** The mailbox is opened with the user and password that send. */
  sharesSignIn: boolean
}
/** What stands in the form: as typed, and nothing is lost by switching to and fro. */
export type ChannelDraft =
  | WhatsappDraft
  | MessengerDraft
  | InstagramDraft
  | TelegramDraft
  | WebchatDraft
  | SmsDraft
  | EmailDraft
  | CustomDraft

const noServer: ServerDraft = { host: '', port: '', security: 'tls', user: '', password: '' }

const noKeys = { accessToken: '', appSecret: '', humanAgent: false }

const noTwilio: TwilioDraft = { accountSid: '', authToken: '', sender: '' }

/** An empty form. */
export function newDraft(kind: ConnectableKind): ChannelDraft {
  switch (kind) {
    case 'whatsapp':
      return {
        kind,
        provider: 'meta',
        meta: { kind, phoneNumberId: '', businessAccountId: '', accessToken: '', appSecret: '' },
        twilio: noTwilio,
      }
    case 'messenger':
      return { kind, pageId: '', ...noKeys }
    case 'instagram':
      return { kind, instagramId: '', pageId: '', ...noKeys }
    case 'telegram':
      return { kind, botToken: '' }
    case 'webchat':
      return { kind, origins: '', title: '', welcome: '', color: '#2c5fb3', identifiedOnly: false }
    case 'sms':
      return { kind, ...noTwilio }
    case 'custom':
      return { kind, apiBaseUrl: '', contactIdType: 'phone' }
    case 'email':
      return {
        kind,
        address: '',
        displayName: '',
        provider: null,
        smtp: { ...noServer, port: '587', security: 'starttls' },
        imap: { ...noServer, port: '993', folder: 'INBOX' },
        fetches: true,
        sharesSignIn: true,
      }
  }
}

/** The form of a channel that is connected; its secrets are empty, which stands for "as they are". */
export function draftOf(settings: ChannelSettings): ChannelDraft {
  if (settings.kind === 'whatsapp') {
    const blank = newDraft('whatsapp') as WhatsappDraft
    if (settings.provider !== 'twilio') return { ...blank, meta: settings }
    const { kind: _kind, provider, ...twilio } = settings
    return { ...blank, provider, twilio }
  }
  if (settings.kind === 'webchat') return { ...settings, origins: settings.origins.join('\n') }
  if (settings.kind !== 'email') return { ...settings }
  const { smtp, imap } = settings
  const blank = newDraft('email') as EmailDraft
  return {
    kind: 'email',
    address: settings.address,
    displayName: settings.displayName,
    provider: providerOf(smtp.host, imap?.host ?? null),
    smtp: { ...smtp, port: String(smtp.port) },
    imap: imap ? { ...imap, port: String(imap.port) } : blank.imap,
    fetches: imap !== null,
    sharesSignIn: imap === null || imap.user === smtp.user,
  }
}

/** What the form says, as the contract wants it; what is no number becomes 0, which the server refuses by name. */
export function settingsOf(draft: ChannelDraft): ChannelSettings {
  if (draft.kind === 'whatsapp')
    return draft.provider === 'meta' ? draft.meta : { kind: 'whatsapp', provider: 'twilio', ...draft.twilio }
  if (draft.kind === 'webchat') return { ...draft, origins: originsIn(draft.origins) }
  if (draft.kind !== 'email') return draft
  const { smtp, imap, fetches, sharesSignIn } = draft
  const signIn = sharesSignIn ? { user: smtp.user, password: smtp.password } : {}
  return {
    kind: 'email',
    address: draft.address,
    displayName: draft.displayName,
    smtp: { ...smtp, port: Number(smtp.port) || 0 },
    imap: fetches ? { ...imap, ...signIn, port: Number(imap.port) || 0 } : null,
  }
}

/**
 * The fields that cannot be empty and are, by their names in the settings; a secret may be where one is kept.
 * What is wrong in any other way the server says.
 */
export function lackingIn(draft: ChannelDraft, isNew: boolean): string[] {
  const empty = (fields: Record<string, string>) => Object.keys(fields).filter((path) => fields[path]?.trim() === '')
  const secrets = (fields: Record<string, string>) => (isNew ? fields : {})
  const emptyTwilio = ({ accountSid, authToken, sender }: TwilioDraft) =>
    empty({ accountSid, ...secrets({ authToken }), sender })
  switch (draft.kind) {
    case 'whatsapp': {
      if (draft.provider === 'twilio') return emptyTwilio(draft.twilio)
      const { phoneNumberId, businessAccountId, accessToken, appSecret } = draft.meta
      return empty({ phoneNumberId, businessAccountId, ...secrets({ accessToken, appSecret }) })
    }
    case 'webchat':
      return empty({ origins: draft.origins, title: draft.title })
    case 'instagram': {
      const { instagramId, pageId, accessToken, appSecret } = draft
      return empty({ instagramId, pageId, ...secrets({ accessToken, appSecret }) })
    }
    case 'messenger': {
      const { pageId, accessToken, appSecret } = draft
      return empty({ pageId, ...secrets({ accessToken, appSecret }) })
    }
    case 'telegram':
      return empty(secrets({ botToken: draft.botToken }))
    case 'sms':
      return emptyTwilio(draft)
    case 'custom':
      return empty({ apiBaseUrl: draft.apiBaseUrl })
    case 'email': {
      const { address, smtp, imap, fetches, sharesSignIn } = draft
      // a relay on one's own network may take mail without a sign-in; a mailbox never opens without one
      const isSignedIn = smtp.user !== '' || (fetches && sharesSignIn)
      return empty({
        address,
        'smtp.host': smtp.host,
        ...(isSignedIn ? { 'smtp.user': smtp.user, ...secrets({ 'smtp.password': smtp.password }) } : {}),
        ...(fetches ? { 'imap.host': imap.host, 'imap.folder': imap.folder } : {}),
        ...(fetches && !sharesSignIn ? { 'imap.user': imap.user, ...secrets({ 'imap.password': imap.password }) } : {}),
      })
    }
  }
}

/** Another address: the user follows while it is the same, and the servers while nobody has chosen them. */
export function withAddress(draft: EmailDraft, address: string): EmailDraft {
  const follow = <Server extends ServerDraft>(server: Server): Server =>
    server.user === '' || server.user === draft.address ? { ...server, user: address } : server
  const next = { ...draft, address, smtp: follow(draft.smtp), imap: follow(draft.imap) }
  const guess = draft.provider === null ? guessProvider(address) : null
  return guess === null ? next : withProvider(next, guess)
}

/** The servers of a known provider; those of one's own stay as they stand. */
export function withProvider(draft: EmailDraft, provider: ProviderId): EmailDraft {
  const servers = serversOf(provider)
  if (servers === null) return { ...draft, provider }
  return {
    ...draft,
    provider,
    smtp: { ...draft.smtp, ...servers.smtp },
    imap: { ...draft.imap, ...servers.imap },
  }
}

/** The sites that lines of text name, as browsers call them: `www.example.com/shop` is `https://www.example.com`. */
function originsIn(lines: string): string[] {
  const named = lines
    .split(/[\s,]+/)
    .filter((line) => line !== '')
    .map((line) => {
      const address = /^[a-z]+:\/\//i.test(line) ? line : `https://${line}`
      return URL.canParse(address) ? new URL(address).origin : line
    })
  return [...new Set(named)]
}
