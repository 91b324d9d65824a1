import type { ChannelAdapter } from './adapter.ts'

/** The sample company's lines go nowhere: what is sent is accepted at once, nothing is fetched or listened to. */
export const isSample = (settings: unknown): boolean =>
  typeof settings === 'object' && settings !== null && 'sample' in settings && settings.sample === true

/** An adapter with its ways to the world taken out; what it decides by itself stays. */
export function asSample(adapter: ChannelAdapter): ChannelAdapter {
  const {
    listen: _listen,
    leave: _leave,
    pace: _pace,
    fetchFile: _fetchFile,
    fetchProfile: _fetchProfile,
    verifyWebhook: _verifyWebhook,
    ...rest
  } = adapter
  return {
    ...rest,
    send: (_line, message) => Promise.resolve({ outcome: 'accepted', extId: `sample-${message.messageId}` }),
    check: () => Promise.resolve({ ok: true, steps: [] }),
    templates: () => Promise.resolve([]),
  }
}
