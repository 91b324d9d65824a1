import type { ChannelSettings } from '#contract/channels.ts'
import type { OutgoingRequests } from '../../http/outgoing.ts'
import type { ChannelAdapter } from '../adapter.ts'
import { makePlatform } from '../messenger/adapter.ts'

type InstagramSettings = Extract<ChannelSettings, { kind: 'instagram' }>

/**
 * Instagram: a professional account, by the page it is linked to on Meta's Messenger Platform. Source:
 * developers.facebook.com/documentation/business-messaging/instagram-messaging
 */
export const makeInstagram = (outgoing: OutgoingRequests, apiBase: string): ChannelAdapter<InstagramSettings> =>
  makePlatform(outgoing, apiBase, 'instagram', {
    accountOf: ({ instagramId }) => instagramId,
    // the API takes 300 a second; the account's inbox closes where 72 000 have gone in and out. Source:
    // developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
    pace: { perSecond: 10 },
    // source: developers.facebook.com/documentation/business-messaging/instagram-messaging/features/ig-me-links
    inviteUrl: ({ address }) => (address?.startsWith('@') === true ? `https://ig.me/m/${address.slice(1)}` : null),
  })
