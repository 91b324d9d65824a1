import type { Outgoing } from '../adapter.ts'
import type { MediaType } from './plan-message.ts'
import type { PlatformSettings } from './settings.ts'

type OutgoingFile = Outgoing['files'][number]

const maxBytes = 25 * 1024 * 1024

/**
 * What Instagram takes, by kind; Messenger takes any file as a file.
 * Source: developers.facebook.com/documentation/business-messaging/instagram-messaging/features/attachment-upload
 */
const onInstagram: Readonly<Record<MediaType, { types: RegExp; maxBytes: number }>> = {
  image: { types: /^image\/(png|jpeg|gif)$/, maxBytes: 8 * 1024 * 1024 },
  video: { types: /^video\/(mp4|ogg|x-msvideo|quicktime|webm)$/, maxBytes },
  audio: { types: /^audio\/(aac|mp4|x-m4a|wav|x-wav|vnd\.wave)$/, maxBytes },
  file: { types: /^application\/pdf$/, maxBytes },
}

/** As what a file goes up, or why it cannot. Pure. */
export function planUpload(
  kind: PlatformSettings['kind'],
  { kind: type, type: mime, size }: Pick<OutgoingFile, 'kind' | 'type' | 'size'>,
): { type: MediaType } | { refused: 'media-rejected' | 'too-large' } {
  if (kind === 'instagram' && !onInstagram[type].types.test(mime)) return { refused: 'media-rejected' }
  return size > (kind === 'instagram' ? onInstagram[type].maxBytes : maxBytes) ? { refused: 'too-large' } : { type }
}
