const en = {
  open: 'Open the chat',
  openUnread: (count: number) => `Open the chat: ${count === 1 ? 'one new message' : `${count} new messages`}`,
  close: 'Close the chat',
  messages: 'Messages',
  write: 'Write a message',
  send: 'Send',
  attach: 'Attach files',
  tooLarge: 'The file is larger than 8 MB.',
  wrongKind: 'Files of this kind are not taken here.',
  paused: 'The chat is paused for the moment.',
  earlier: 'Show earlier messages',
  you: 'You',
  sending: 'Sending …',
  failed: 'This message could not be sent.',
  offline: 'No connection. What you write is sent as soon as there is one.',
  busy: 'That was a lot at once. It goes on in a moment.',
  unavailable: 'The chat is not available now.',
  empty: 'A message that cannot be shown here',
}
export type Words = typeof en

const es: Words = {
  open: 'Abrir el chat',
  openUnread: (count) => `Abrir el chat: ${count === 1 ? 'un mensaje nuevo' : `${count} mensajes nuevos`}`,
  close: 'Cerrar el chat',
  messages: 'Mensajes',
  write: 'Escribe un mensaje',
  send: 'Enviar',
  attach: 'Adjuntar archivos',
  tooLarge: 'El archivo pasa de 8 MB.',
  wrongKind: 'Aquí no se aceptan archivos de este tipo.',
  paused: 'El chat está en pausa por el momento.',
  earlier: 'Ver mensajes anteriores',
  you: 'Tú',
  sending: 'Enviando …',
  failed: 'Este mensaje no se pudo enviar.',
  offline: 'Sin conexión. Lo que escribas se enviará en cuanto la haya.',
  busy: 'Han sido muchos de golpe. Sigue en un momento.',
  unavailable: 'El chat no está disponible ahora.',
  empty: 'Un mensaje que no se puede mostrar aquí',
}

/** The widget's words in the visitor's language, else in English. */
export const wordsFor = (language: string): Words => (/^es\b/i.test(language) ? es : en)
