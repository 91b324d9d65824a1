// pure

export interface Person {
  readonly firstName: string
  readonly lastName: string
  readonly phone: string
  readonly email: string
  readonly language: string
}

const firstNames =
  'Lucía Marta Hugo Iñaki Valentina Santiago Renata Joaquín Emily Noah Oliver Beatriz Youssef Amélie Jonas Rocío Богдан Tomás Pilar Mei Álvaro Nuria Carmen Diego Inés Ava Liam Zoë Ngũgĩ'.split(
    ' ',
  )
const lastNames =
  'García Núñez Herrera Ospina Whitfield Carter Muñoz Castellano Aguilar Echeverría Rousseau Domínguez Lindqvist Bennett Nogueira Шевченко Vidal Salas Ortega Paredes Peña Williams Benítez O’Connor Yılmaz Kowalski Rossi'.split(
    ' ',
  )
const languages = ['es', 'en', 'pt', 'fr']

/** Somebody by number: the same number is the same person in every run, no two share a phone or an e-mail. */
export function personAt(number: number): Person {
  const firstName = firstNames[number % firstNames.length] ?? ''
  const lastName = lastNames[Math.floor(number / firstNames.length) % lastNames.length] ?? ''
  return {
    firstName,
    lastName,
    // Spanish mobiles from 610 000 000: ninety million before they run out
    phone: `+34${610_000_000 + number}`,
    email: `persona.${number}@clientes.example`,
    language: languages[number % languages.length] ?? 'es',
  }
}
