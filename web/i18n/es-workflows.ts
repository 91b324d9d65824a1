import type { Messages } from '@lingui/core'

const catalogues = import.meta.glob<{ messages: Messages }>(['./es/workflows.po'], { eager: true })

export const messages: Messages = Object.assign({}, ...Object.values(catalogues).map((one) => one.messages))
