import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './es/channels.po',
    './es/delivery.po',
    './es/fields.po',
    './es/settings.po',
    './es/sign-in.po',
    './es/tags.po',
    './es/usage.po',
  ],
  { eager: true },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
