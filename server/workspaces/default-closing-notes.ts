import type { UiLanguage } from '#contract/primitives.ts'

/** What a conversation ended with, to begin with; settings change them. */
export const defaultClosingNotes: Record<UiLanguage, readonly string[]> = {
  es: ['Resuelto', 'Venta', 'Información dada', 'Reclamación', 'Sin respuesta del cliente', 'Spam'],
  en: ['Resolved', 'Sale', 'Information given', 'Complaint', 'No answer from the customer', 'Spam'],
}
