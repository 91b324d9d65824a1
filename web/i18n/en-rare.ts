import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './en/channels.po',
    './en/delivery.po',
    './en/fields.po',
    './en/settings.po',
    './en/sign-in.po',
    './en/tags.po',
    './en/usage.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
