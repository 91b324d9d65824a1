import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(
  [
    './es/activity.po',
    './es/blocking.po',
    './es/contacts.po',
    './es/dashboard.po',
    './es/bulk.po',
    './es/duplicates.po',
    './es/fields.po',
    './es/filters.po',
    './es/imports.po',
    './es/merging.po',
    './es/opt-outs.po',
    './es/runs.po',
    './es/segments.po',
    './es/tags.po',
  ],
  {
    eager: true,
  },
)

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
