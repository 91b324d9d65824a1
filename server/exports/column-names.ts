// pure
import type { ExportColumn } from '#contract/export-words.ts'
import type { UiLanguage } from '#contract/primitives.ts'

/** The heads of the columns that every export may have. */
export const columnNames: Readonly<Record<UiLanguage, Readonly<Record<ExportColumn, string>>>> = {
  en: {
    id: 'Contact ID',
    firstName: 'First name',
    lastName: 'Last name',
    name: 'Name',
    phone: 'Phone',
    otherPhones: 'Other phones',
    email: 'Email',
    otherEmails: 'Other emails',
    country: 'Country',
    language: 'Language',
    tags: 'Tags',
    assignee: 'Assigned to',
    status: 'Conversation status',
    lifecycle: 'Lifecycle stage',
    channels: 'Channels',
    optOuts: 'Not to be written to by',
    lastMessageAt: 'Last message',
    createdAt: 'Date added',
  },
  es: {
    id: 'ID de contacto',
    firstName: 'Nombre',
    lastName: 'Apellido',
    name: 'Nombre completo',
    phone: 'Teléfono',
    otherPhones: 'Otros teléfonos',
    email: 'Correo',
    otherEmails: 'Otros correos',
    country: 'País',
    language: 'Idioma',
    tags: 'Etiquetas',
    assignee: 'Asignado a',
    status: 'Estado de la conversación',
    lifecycle: 'Etapa',
    channels: 'Canales',
    optOuts: 'No quiere mensajes por',
    lastMessageAt: 'Último mensaje',
    createdAt: 'Fecha de alta',
  },
}
